// Nothing that was typed is lost. The page keeps a form half a minute after it was changed and when it goes out of sight,
// and warns two minutes before the session ends. Without this script the session ends all the same, and what is sent
// too late is kept (see "What you had typed").
const warning = document.querySelector("[data-stay]");
const ended = document.querySelector("[data-ended]");

if (warning) {
  const after = (Number(warning.dataset.stay) - 120) * 1000;
  const forms = [...document.querySelectorAll("main form[method=post]")].filter((form) => !form.querySelector("[type=password]"));
  const changed = new Set();
  const kept = new Set();
  let timer;
  let soon;

  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      keep();
      if (!document.querySelector("dialog[open]")) warning.showModal();
    }, after);
  };
  const post = (address, body, keepalive) =>
    fetch(address, { method: "POST", body, keepalive, headers: { "X-Requested-With": "fetch" } });
  const pathOf = (form) => new URL(form.getAttribute("action") || "", window.location.href).pathname;
  const boxesOf = (form) => {
    const boxes = new FormData(form);
    [...boxes].filter(([, value]) => typeof value !== "string").forEach(([name]) => boxes.delete(name));
    boxes.set("kept_for", pathOf(form));
    return boxes;
  };
  // Whether the session still runs. A form that could not be reached is tried again half a minute later.
  const keep = async (keepalive = false) => {
    clearTimeout(soon);
    soon = undefined;
    for (const form of [...changed]) {
      changed.delete(form);
      const answer = await post(warning.dataset.keep, boxesOf(form), keepalive).catch(() => null);
      if (answer?.status === 401) return false;
      if (answer?.ok) {
        kept.add(form);
        wait();
      } else {
        note(form);
      }
    }
    return true;
  };
  const keepOrSay = async () => {
    if (!(await keep()) && !document.querySelector("dialog[open]")) ended.showModal();
  };
  const note = (form) => {
    changed.add(form);
    soon ??= setTimeout(keepOrSay, 30_000);
  };
  const forget = (form) => {
    const nothing = new FormData();
    nothing.set("kept_for", pathOf(form));
    nothing.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    post(warning.dataset.keep, nothing, true);
  };

  forms.forEach((form) => {
    form.addEventListener("input", () => note(form));
    form.addEventListener("submit", () => changed.delete(form));
    form.addEventListener("click", (event) => {
      if (!event.target.closest(".govuk-button-group a")) return;
      changed.delete(form);
      if (kept.has(form)) forget(form);
    });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(true);
  });
  warning.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const isOn = await keep();
    const answer = await post(event.target.action, new FormData(event.target)).catch(() => null);
    if (!answer) return;
    if (isOn && answer.status === 204) {
      warning.close();
      wait();
    } else {
      changed.clear();
      window.location.assign(`${warning.dataset.signIn}?next=${encodeURIComponent(window.location.pathname)}`);
    }
  });
  wait();

  // "Go on writing" leads from a draft back to its page, and the words into their boxes
  document.querySelectorAll("[data-go-on]").forEach((link) => { link.hidden = false; });
  const draft = /^#draft-(\d+)$/.exec(window.location.hash);
  const put = (form, name, words) => {
    for (const box of form.elements) {
      if (box.name !== name || box.type === "hidden" || box.type === "file") continue;
      if (["checkbox", "radio"].includes(box.type)) {
        if (box.checked !== words.includes(box.value)) box.click();
      } else {
        box.value = words.shift() ?? "";
      }
    }
  };
  if (draft) {
    const answer = await fetch(`/drafts/${draft[1]}/`, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    const typed = answer?.ok ? await answer.json() : null;
    const form = typed && forms.find((one) => pathOf(one) === typed.path);
    if (form) Object.entries(typed.boxes).forEach(([name, words]) => put(form, name, words));
  }
}
