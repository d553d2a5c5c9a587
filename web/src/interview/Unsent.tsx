// Anywhere in the app: what earlier pages of this person left unsent goes out, not only when its
// interview is opened again. Draws nothing.
import { useEffect } from "react";
import { useMe } from "../api/queries";
import { outboxOf } from "./outbox/open";

export default function Unsent() {
  const person = useMe().data?.person?.id;
  useEffect(() => {
    if (person) void outboxOf(person).then(({ outbox }) => outbox.wake());
  }, [person]);
  return null;
}
