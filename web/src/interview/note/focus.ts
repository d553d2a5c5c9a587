// Where keys put the focus: the note's field and the pencilled levels, found by their ids.
export const NOTE_FIELD = "note-field";
export const PENCIL = "pencil";

export function focusNote(): void {
  document.getElementById(NOTE_FIELD)?.focus();
}

export function focusPencil(): void {
  const group = document.getElementById(PENCIL);
  const radio = group?.querySelector<HTMLInputElement>("[data-current] input:checked") ??
    group?.querySelector<HTMLInputElement>("[data-current] input");
  radio?.focus();
}
