// How a typed value is understood, echoed as it is typed.
import { ask } from "./http.js";

const PAUSE_MS = 120;

/** Have `output` say how the text of `input` is understood for a field; `words` holds "understood as {value}". */
export function echoTyping(input, output, field, words) {
  let timer = 0;
  let turn = 0;
  const look = async () => {
    const mine = ++turn;
    const text = input.value.trim();
    const found = text ? await understand(field, text) : {};
    if (mine !== turn) return;
    output.value = found.value ? words.replace("{value}", found.value) : (found.problem ?? "");
    output.classList.toggle("bad", Boolean(found.problem));
    input.setAttribute("aria-invalid", String(Boolean(found.problem)));
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    turn += 1;
    output.classList.remove("bad");
    timer = setTimeout(look, PAUSE_MS);
  });
  return look;
}

async function understand(field, text) {
  try {
    return await ask(`/review/understand?${new URLSearchParams({ field, text })}`);
  } catch {
    return {}; // it is only an echo: whatever is wrong shows when the value is sent
  }
}
