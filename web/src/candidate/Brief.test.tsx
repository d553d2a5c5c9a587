import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Brief } from "./Brief";

it("shows the whole brief, in paragraphs, and markup in it as text", () => {
  const { container } = render(
    <Brief
      brief={{ title: "A night", story: "First line\nof it.\n\nSecond <b>part</b>.", task: "The task", can: ["Can this"], assessed: ["Assessed that"] }}
    />,
  );
  expect([...container.querySelectorAll("p")].map((p) => p.textContent)).toEqual(["First line of it.", "Second <b>part</b>.", "The task"]);
  for (const text of ["Can this", "Assessed that"]) expect(screen.getByText(text)).toBeTruthy();
  expect(container.querySelector("b")).toBeNull();
});
