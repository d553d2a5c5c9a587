// Five interviewers at one candidate: the loop, the debrief and the record hold them at every width, and an amendment is
// made and read in the browser with both versions.
import { hold, panelOf, submit } from "./panel";
import { expect, expectAccessible, signIn, test } from "./server";

const NAMES = ["Tomás Peña", "林 美玲", "נועה לוי", "Bartholomew Featherstonehaugh"];
const WIDTHS = [1440, 1100, 390];

test("a panel of five, from the loop to the record, with an amendment", async ({ browser, page, server }) => {
  test.setTimeout(240_000);
  await signIn(page.context(), server);
  const panel = await panelOf(browser, page.request, server.url, NAMES);
  const everybody = [0, 1, 2, 3, 4];
  for (const n of panel.interviews.keys()) await hold(panel, n, n === 0 ? everybody : [n, (n + 1) % 5]);

  const atEveryWidth = async (path: string, name: string | RegExp) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
      await test.step(`${path} at ${width}`, () => expectAccessible(page));
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  };

  await test.step("the loop names five who owe", async () => {
    await atEveryWidth(`/loops/${panel.loop}`, /ليلى حداد/);
    const cards = page.getByRole("region", { name: "Scorecards" });
    await expect(cards.getByRole("listitem")).toHaveCount(5);
    await expect(cards).toContainText("five still due");
  });

  // The one who stands apart is last in the alphabet of nobody: a name from right to left.
  for (const m of everybody) await submit(panel, m, (area) => (m === 3 && area === "consistency" ? "weak" : "good"));

  await test.step("the debrief has five columns, and says who stands apart", async () => {
    await atEveryWidth(`/loops/${panel.loop}/debrief`, /^Debrief/);
    const row = page.locator("#line-consistency");
    await expect(row.locator(".cell")).toHaveCount(5);
    await expect(row).toContainText("נועה stands one level lower");
    // No cell lies on another, and none leaves its row.
    const cells = await row.locator(".cell").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map((r) => [r.left, r.right]));
    for (const [n, cell] of cells.slice(1).entries()) expect(cell[0]).toBeGreaterThanOrEqual(cells[n]![1]!);
    await row.getByRole("button", { name: "Consistency thinking" }).click();
    await expectAccessible(page);
  });

  await test.step("an amendment is made in the browser", async () => {
    const noa = await panel.members[3]!.context!.newPage();
    await noa.goto(`${server.url}/loops/${panel.loop}/scorecard`);
    await noa.getByRole("button", { name: /^3.*Consistency/ }).first().click();
    await noa.getByRole("button", { name: "Amend Consistency" }).click();
    await noa.getByRole("group", { name: "Level" }).getByRole("radio", { name: /good/ }).check();
    await noa.getByRole("button", { name: "Record the amendment" }).click();
    await expect(noa.getByText("Say why it changes")).toBeVisible();
    await noa.getByLabel("Reason").fill("<i>I heard the moment again.</i>");
    await expectAccessible(noa);
    await noa.getByRole("button", { name: "Record the amendment" }).click();
    await expect(noa.getByText("<i>I heard the moment again.</i>").first()).toBeVisible();
  });

  await test.step("and read with both versions, in the debrief and on the record", async () => {
    await page.goto(`/loops/${panel.loop}/debrief`);
    await expect(page.locator("#line-consistency")).not.toContainText("stands one level");
    await page.getByText("Amendments", { exact: true }).click();
    const fold = page.getByRole("group").filter({ hasText: "Amendments" }).last();
    await expect(fold).toContainText("<i>I heard the moment again.</i>");
    await expect(fold).toContainText("weak");
    await expect(fold).toContainText("good");
    await expectAccessible(page);
    await atEveryWidth(`/loops/${panel.loop}/record`, /^Decision record/);
    await expect(page.getByText(/weak to good/)).toBeVisible();
    for (const name of NAMES) await expect(page.getByRole("columnheader", { name })).toBeVisible();
    // One page of paper, also for five.
    const bytes = await page.pdf({ preferCSSPageSize: true });
    expect(bytes.toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });
  for (const member of panel.members) await member.context?.close();
});
