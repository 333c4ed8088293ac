// A warning two minutes before the session ends, with a button that keeps it. Without this script the session ends all
// the same, and what was typed is kept (see "What you had typed").
const warning = document.querySelector("[data-stay]");

if (warning) {
  const after = (Number(warning.dataset.stay) - 120) * 1000;
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => warning.showModal(), after);
  };
  warning.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "fetch" },
    });
    warning.close();
    if (answer.status === 204) {
      wait();
    } else {
      window.location.reload();
    }
  });
  wait();
}
