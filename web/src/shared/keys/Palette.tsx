// `/`: every action and every place, found by a few letters. Loaded when first asked for.
import { Command } from "cmdk";
import { useLayoutEffect, useRef, useState } from "react";
import { Kbd } from "../Kbd";
import { closeLayer, typedAhead } from "./open";
import { type Action, current, keyOf, useActions, useKeySettings } from "./registry";

export default function Palette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState("");
  const settings = useKeySettings();
  const actions = useActions();
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    input.current?.focus();
    setQuery(typedAhead.text);
  }, []);
  const run = (id: string) => {
    dialog.current?.close();
    // The dialog gives the focus back first; an action that moves it then has the last word.
    queueMicrotask(() => current().find((action) => action.id === id)?.run());
  };
  const groups = new Map<string, Action[]>();
  for (const action of actions) {
    if (action.id.startsWith("layer.palette")) continue;
    const group = action.group ?? "Here";
    groups.set(group, [...(groups.get(group) ?? []), action]);
  }
  const ordered = [...groups].sort(([a], [b]) => rank(a) - rank(b));
  return (
    <dialog ref={dialog} className="dialog palette" aria-label="Find anything" onClose={closeLayer}>
      <Command label="Actions and places" loop filter={found}>
        <Command.Input
          ref={input}
          value={query}
          onValueChange={setQuery}
          placeholder="What do you want to do?"
          aria-label="What do you want to do?"
        />
        <Command.List label="Actions and places">
          <Command.Empty>Nothing by that name. Try fewer letters.</Command.Empty>
          {ordered.map(([group, list]) => (
            <Command.Group key={group} heading={group}>
              {list.map((action) => {
                const key = keyOf(action, settings);
                return (
                  <Command.Item
                    key={action.id}
                    value={action.id}
                    keywords={[action.name, action.keywords ?? ""]}
                    onSelect={() => run(action.id)}
                  >
                    <span dir="auto">{action.name}</span>
                    {key && <Kbd name={key} />}
                  </Command.Item>
                );
              })}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </dialog>
  );
}

/** Every word typed begins a word of the name, or stands in it; other words to find it by count less. */
export function found(_id: string, typed: string, [name = "", more = ""]: string[] = []): number {
  const words = fold(typed).split(/\s+/u).filter(Boolean);
  let score = 1;
  for (const word of words) {
    if (new RegExp(`(^|[^\\p{L}\\p{N}])${escape(word)}`, "u").test(fold(name))) continue;
    if (fold(name).includes(word)) score = Math.min(score, 0.6);
    else if (fold(more).includes(word)) score = Math.min(score, 0.3);
    else return 0;
  }
  return score;
}

const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&");

/** What can be done on this page comes first, then places, then what is always there. */
function rank(group: string): number {
  if (group === "Here") return 0;
  if (group === "Seatrial") return 9;
  return 5;
}
