// Around all pages: keys and palette, places one can go to, focus and scroll after a change of page,
// and the way back to the sign-in when a session has ended.
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef } from "react";
import { Outlet, ScrollRestoration, useLocation, useNavigate } from "react-router";
import { statusOf } from "../api/problem";
import { meQuery } from "../api/queries";
import { KeyLayer } from "../shared/keys/KeyLayer";
import { Places } from "./Places";

const Unsent = lazy(() => import("../interview/Unsent"));

export function Root() {
  useFocusOnArrival();
  useHashAfterFonts();
  useSessionEnd();
  return (
    <>
      <Outlet />
      <Places />
      <KeyLayer />
      <Suspense fallback={null}>
        <Unsent />
      </Suspense>
      {/* A page that was loaded by its address has no key of its own: its place is remembered by that address. */}
      <ScrollRestoration getKey={({ key, pathname }) => (key === "default" ? pathname : key)} />
    </>
  );
}

/** After a change of page, reading starts at its main part. The first page keeps the browser's focus. */
function useFocusOnArrival(): void {
  const { pathname } = useLocation();
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const inMain = document.activeElement?.closest("main");
    if (!inMain) document.getElementById("main")?.focus({ preventScroll: true });
  }, [pathname]);
}

/** A link to a section: fonts that arrive late move the text, so the first page is aligned once more. */
function useHashAfterFonts(): void {
  useEffect(() => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || !document.fonts) return;
    let moved = false;
    const note = () => {
      moved = true;
    };
    const gestures = ["wheel", "touchmove", "keydown", "pointerdown"] as const;
    for (const gesture of gestures) window.addEventListener(gesture, note, { once: true, passive: true });
    void document.fonts.ready.then(() => {
      if (!moved) document.getElementById(id)?.scrollIntoView();
    });
    return () => {
      for (const gesture of gestures) window.removeEventListener(gesture, note);
    };
  }, []);
}

/** A 401 from any query or mutation means that the session has ended: to the sign-in, and back here. */
function useSessionEnd(): void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { pathname, search, hash } = useLocation();
  useEffect(() => {
    const leave = (error: unknown) => {
      const open = ["/sign-in", "/setup", "/join/"].some((path) => pathname.startsWith(path));
      if (statusOf(error) !== 401 || open) return;
      // Not asked again: if the server still knows the person there, the sign-in would send them back here.
      queries.setQueryData(meQuery.queryKey, (me) => me && { ...me, person: null });
      void navigate(`/sign-in?next=${encodeURIComponent(pathname + search + hash)}&ended=1`);
    };
    const offQueries = queries.getQueryCache().subscribe((event) => {
      if (event.type === "updated" && event.action.type === "error") leave(event.action.error);
    });
    const offMutations = queries.getMutationCache().subscribe((event) => {
      if (event.type === "updated" && event.action.type === "error") leave(event.action.error);
    });
    return () => {
      offQueries();
      offMutations();
    };
  }, [queries, navigate, pathname, search, hash]);
}
