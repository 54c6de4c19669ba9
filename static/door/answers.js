// What our own server says, and nothing else: anything that only looks like it is no answer.

const VERDICTS = ["admitted", "already in", "wrong run", "replaced", "cancelled", "not yet", "not expected", "unknown", "undone"];

/** The envelope with the answers that can be believed; null where it is not our server's. */
export function envelopeOf(told) {
  if (!told || typeof told !== "object" || typeof told.history !== "string" || !Array.isArray(told.answers)) return null;
  if (!Number.isInteger(told.version) || Number.isNaN(Date.parse(told.server_now))) return null;
  return { ...told, answers: told.answers.filter(isAnswer) };
}

function isAnswer(answer) {
  if (!answer || typeof answer.id !== "string") return false;
  if (answer.error) return typeof answer.error.sentence === "string";
  const facts = answer.facts ?? [];
  return VERDICTS.includes(answer.verdict) && Array.isArray(facts) && typeof (answer.name ?? "") === "string";
}

/** Whether a list of people can be learned whole: half of one would be worse than the one before. */
export function isRoster(told) {
  return (
    Boolean(told) &&
    typeof told.history === "string" &&
    Number.isInteger(told.version) &&
    !Number.isNaN(Date.parse(told.server_now)) &&
    Array.isArray(told.removed) &&
    Array.isArray(told.attendees) &&
    told.attendees.every((one) => Number.isInteger(one?.id) && typeof one.name === "string")
  );
}
