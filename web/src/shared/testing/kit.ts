// A small kit for tests: every text in it is different, so that a test can tell which one is shown.
import type { Area, Exercise, Kit, Pack, PlanPhase, ScenarioPlan } from "../../api/types";

export function anArea(id: string, number: number): Area {
  const say = (what: string) => `${what} of ${id}`;
  return {
    id,
    number,
    title: say("Title"),
    short: say("Short"),
    hook: say("Hook"),
    summary: say("Summary"),
    line: { title: say("Line"), question: say("Line question") },
    facts: {
      minutes: 40,
      difficulty: 4,
      difficulty_note: say("Difficulty"),
      needs: say("Needs"),
      use_when: say("Use"),
      outcome: say("Outcome"),
      advantage: say("Advantage"),
    },
    scenarios: ["half-done"],
    prompts: [{ id: "main", text: say("Prompt"), note: say("Note") }],
    follow_ups: [
      {
        id: "worst",
        text: say("Follow-up"),
        moment: say("moment"),
        fits: { phases: ["open"], after: [], unless: [] },
        separates: true,
        shallow: say("Shallow"),
        lived: say("Lived"),
      },
    ],
    sound_answer: {
      steps: ["One", "Two", "Three", "Four"].map((step, i) => ({
        title: say(step),
        text: say(`Step ${step}`),
        often_missing: i === 3,
      })),
      text: `${say("Answer")}.\n\n${say("Second paragraph")}.`,
    },
    voices: [{ question: "main", shallow: say("Polished voice"), lived: say("Lived voice"), split_by: "worst" }],
    signals: [
      { id: "first", text: say("Signal"), short: say("Sig"), counts: say("Counts") },
      { id: "second", text: say("Other signal"), short: say("Other"), counts: "" },
    ],
    red_flags: [
      { id: "flag", says: say("Flag"), ask_then: say("Ask then") },
      { id: "other", says: say("Other flag"), ask_then: say("Ask then too") },
    ],
    phases: [
      {
        id: "open",
        title: say("Open"),
        minutes: 30,
        prompts: ["main"],
        aim: say("Aim"),
        hints: [say("Hint 1"), say("Hint 2"), say("Hint 3")],
      },
      {
        id: "looking-back",
        title: say("Looking back"),
        minutes: 10,
        prompts: [],
        aim: say("Late aim"),
        hints: [say("Late 1"), say("Late 2"), say("Late 3")],
      },
    ],
    mini_case: { situation: say("Case"), question: say("Case question"), discussion: say("Discussion") },
    rubric: {
      behaviours: [
        {
          id: "row",
          title: say("Behaviour"),
          weak: say("Weak cell"),
          good: say("Good cell"),
          excellent: say("Excellent cell"),
          signals: ["second"],
        },
      ],
      weak: say("Weak whole"),
      good: say("Good whole"),
      excellent: say("Excellent whole"),
    },
    impact: { weight: say("Weight"), poor_hire: say("Poor hire"), good_hire: say("Good hire") },
    exercises: [],
  };
}

const pack: Pack = {
  id: "role",
  title: "A role",
  summary: "Summary of the role",
  emphasis: "Emphasis of the role",
  seniorities: [
    {
      id: "senior",
      title: "Senior",
      bar: [
        { area: "ebb", level: "good", reason: "Reason at ebb" },
        { area: "flow", level: null, reason: "Reason at flow" },
      ],
      rules: ["A rule for seniors"],
    },
    {
      id: "staff",
      title: "Staff",
      bar: [
        { area: "ebb", level: "excellent", reason: "Staff reason at ebb" },
        { area: "flow", level: "weak", reason: "Staff reason at flow" },
      ],
      rules: ["A rule for staff"],
    },
  ],
  sessions: [
    {
      id: "both",
      title: "Both at once",
      asked_by: "somebody who was there",
      reason: "Reason of the session",
      items: ["ebb", "flow"].map((area) => ({
        area,
        depth: "deep" as const,
        minutes: 20,
        prompts: ["main"],
        follow_ups: ["worst"],
        exercises: [],
        reason: `Reason of ${area} here`,
      })),
    },
  ],
  scenarios: ["half-done"],
};

const exercise: Exercise = {
  id: "page",
  title: "A page to read",
  area: "ebb",
  minutes: 15,
  summary: "Summary of the exercise",
  prompt: "Prompt of the exercise",
  material: [{ id: "doc", title: "The page", format: "markdown", text: "# A heading\n\nA line.\n" }],
  findings: [{ title: "Found it", text: "Text of the finding", rarity: 3 }],
  follow_ups: ["Follow-up of the exercise"],
  weak: "Weak at the exercise",
  good: "Good at the exercise",
  excellent: "Excellent at the exercise",
};

/** How the scenario `half-done` is led. */
export function aPlan(): ScenarioPlan {
  const phase = (id: string, area: string, change: Partial<PlanPhase>): PlanPhase => ({
    id,
    title: `Phase ${id}`,
    minutes: 10,
    area,
    aim: `Aim of phase ${id}`,
    clock: { start: "stands", speed: 1, slows_on: [] },
    prompts: [{ id: `${id}-prompt`, text: `Prompt of phase ${id}`, note: `Note of phase ${id}` }],
    follow_ups: [
      {
        id: `${id}-worst`,
        text: `Follow-up of phase ${id}`,
        moment: `moment of phase ${id}`,
        fits: { phases: [id], after: [], unless: [] },
        separates: true,
        shallow: `Shallow in ${id}`,
        lived: `Lived in ${id}`,
      },
    ],
    voices: [{ question: `${id}-prompt`, shallow: `Shallow voice of ${id}`, lived: `Lived voice of ${id}`, split_by: `${id}-worst` }],
    hints: [1, 2, 3].map((number) => `Hint ${number} of ${id}`),
    faults: [],
    decisions: [],
    watch: [],
    ...change,
  });
  return {
    scenario: "half-done",
    title: "Half done",
    hook: "Hook of half done",
    minutes: 20,
    areas: ["ebb", "flow"],
    brief: { title: "Brief of half done", story: "Story of half done", task: "Task of half done", can: ["Can do this"], assessed: ["Assessed is that"] },
    phases: [
      phase("talk", "ebb", { decisions: ["no_answer"] }),
      phase("strike", "flow", {
        clock: { start: "runs", speed: 4, slows_on: ["ticket", "alert"] },
        faults: [{ fault: "it_fails", title: "It fails now", from_minutes: 1, to_minutes: 4, reveals: "Reveals of the failure" }],
        watch: ["kept_once"],
      }),
    ],
    signals: [
      { id: "plan-sig", area: "ebb", text: "Signal of the plan", short: "Plan sig", counts: "Counts in the plan", rows: ["row"] },
    ],
    red_flags: [{ id: "plan-flag", area: "ebb", says: "Flag of the plan", ask_then: "Ask then in the plan" }],
    regret_probe: { id: "plan-regret", ask: "Regret of the plan", experience: "Experience in the plan", absence: "Absence in the plan" },
    reveal: { text: "Reveal of the plan", decision: "no_answer", option: "again_same" },
    guide: {
      system: "System of the guide",
      strong: ["Strong in the guide"],
      weak: ["Weak in the guide"],
      faults: [{ fault: "it_fails", shows: "Shows of the failure", strong: "Strong at the failure", weak: "Weak at the failure" }],
      traps: [{ title: "A trap here", text: "Text of the trap" }],
    },
  };
}

export function aKit(): Kit {
  return {
    schema: 1,
    id: "small",
    version: "1.0",
    hash: "0123456789ab",
    title: "A small kit",
    summary: "Summary of the kit",
    principles: [{ id: "first", title: "A principle", text: "Text of the principle" }],
    areas: [anArea("ebb", 1), anArea("flow", 2)],
    record_questions: [{ id: "users", ask: "Ask of the record", yes_sounds: "Yes sounds", no_sounds: "No sounds" }],
    trade_off: { intro: "Intro", optimise: "Optimise", give_up: "Give up", why: "Why" },
    regret_probes: [{ id: "regret", ask: "Regret", experience: "Experience", absence: "Absence" }],
    regret_reading: "How to read regret",
    t_shape: "How to read a T",
    packs: [structuredClone(pack)],
    exercises: [structuredClone(exercise)],
    scenarios: [{ id: "half-done", situation: "Half of it happened" }],
    plans: [aPlan()],
  };
}
