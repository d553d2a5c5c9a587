// The seven areas in one table, for planning a loop. Prints alone, on one sheet of A4 across.
import { Link } from "react-router";
import { useKitNow } from "../api/queries";
import { Button } from "../shared/Button";
import { Difficulty } from "../shared/marks";
import { inWords } from "../shared/time";
import { KitFrame } from "./KitFrame";
import { TakeAway } from "./TakeAway";

export function ComparePage() {
  const kit = useKitNow().data;
  const title = `The ${inWords(kit.areas.length)} areas compared`;
  return (
    <KitFrame title={title} at="/kit/compare" wide>
      <div className="kit-compare">
        <header className="kit-head kit-compare-head">
          <h1>{title}</h1>
          <Button onClick={() => window.print()} keyName="Mod+p">
            Print this page
          </Button>
        </header>
        <p className="muted kit-compare-note">
          For planning a loop. Difficulty is how hard the area is to assess well, not how hard it is to answer.
        </p>
        <div className="scroll" tabIndex={0} role="region" aria-label="The areas compared, scrolls sideways">
          <table className="kit-compare-table">
            <thead>
              <tr>
                <th scope="col">Area</th>
                <th scope="col">To assess</th>
                <th scope="col">Time</th>
                <th scope="col">What it needs</th>
                <th scope="col">Expected outcome</th>
                <th scope="col">When to use it</th>
                <th scope="col">Key advantage</th>
              </tr>
            </thead>
            <tbody>
              {kit.areas.map((area) => (
                <tr key={area.id}>
                  <th scope="row">
                    <Link to={`/kit/${area.id}`}>
                      <span className="muted">{area.number}</span> <span>{area.title}</span>
                    </Link>
                  </th>
                  <td>
                    {area.facts.difficulty_note}
                    <Difficulty value={area.facts.difficulty} />
                  </td>
                  <td className="nowrap">{area.facts.minutes} min</td>
                  <td>{area.facts.needs}</td>
                  <td>{area.facts.outcome}</td>
                  <td>{area.facts.use_when}</td>
                  <td>{area.facts.advantage}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div className="screen-only">
          <TakeAway what="the whole kit" />
        </div>
      </div>
    </KitFrame>
  );
}
