// `?`: the keys that work on this page, each of which can be changed or taken away, and all lone
// characters at once. Kept in this browser.
import { useState } from "react";
import { Button } from "../Button";
import { Dialog } from "../Dialog";
import { keyLabel, nameOf } from "./match";
import { closeLayer } from "./open";
import { type Action, keyOf, setKeySettings, useActions, useKeySettings } from "./registry";
import "./keys.css";

export default function KeysDialog() {
  const settings = useKeySettings();
  const actions = useActions().filter((action) => action.key !== null);
  const [changing, setChanging] = useState<string | null>(null);
  const set = (id: string, key: string | null) => {
    const own = { ...settings.own };
    if (key === null) delete own[id];
    else own[id] = key;
    setKeySettings({ ...settings, own });
    setChanging(null);
  };
  const clash = (action: Action): Action | undefined => {
    const key = keyOf(action, settings);
    return key === null ? undefined : actions.find((other) => other.id !== action.id && keyOf(other, settings) === key);
  };
  return (
    <Dialog
      open
      onClose={closeLayer}
      title="Keys on this page"
      className="keys-dialog"
      actions={
        <Button onClick={() => setKeySettings({ own: {}, characters: true })}>Put all keys back</Button>
      }
    >
      <label className="keys-switch">
        <input
          type="checkbox"
          checked={settings.characters}
          onChange={(event) => setKeySettings({ ...settings, characters: event.target.checked })}
        />
        Keys of a single character work. Switch them off if you dictate.
      </label>
      <table className="keys-table">
        <thead className="vh">
          <tr>
            <th>Action</th>
            <th>Key</th>
          </tr>
        </thead>
        <tbody>
          {actions.map((action) => {
            const other = clash(action);
            const key = keyOf(action, settings);
            return (
              <tr key={action.id}>
                <th scope="row">
                  {action.name}
                  {other && <span className="muted small"> same key as “{other.name}”</span>}
                </th>
                <td>
                  {changing === action.id ? (
                    <button
                      type="button"
                      className="btn"
                      autoFocus
                      onBlur={() => setChanging(null)}
                      onKeyDown={(event) => {
                        if (event.key === "Tab") return;
                        event.preventDefault();
                        event.stopPropagation();
                        if (event.key === "Escape") return setChanging(null);
                        if (event.key === "Backspace" || event.key === "Delete") return set(action.id, "");
                        const name = nameOf(event);
                        if (name) set(action.id, name);
                      }}
                    >
                      Press a key; Backspace for none
                    </button>
                  ) : (
                    <button type="button" className="keys-key" onClick={() => setChanging(action.id)}>
                      <kbd>{key ? keyLabel(key) : "none"}</kbd>
                      <span className="vh">Change the key of {action.name}</span>
                    </button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Dialog>
  );
}
