/* Worlds: those of an outcome, or behind a cell of a table, one by one. Without this script their table lies beside the page. */
(() => {
  "use strict";
  const browse = document.getElementById("browse");
  if (!browse) return;
  const told = JSON.parse(browse.querySelector("script").textContent);
  const AT_ONCE = 25;
  const make = (tag, properties, ...inside) => {
    const one = Object.assign(document.createElement(tag), properties);
    one.append(...inside);
    return one;
  };
  const choice = (name, first, options) => {
    const select = make("select", { id: `browse-${name}` }, make("option", { value: "", textContent: first }),
      ...options.map((text, k) => make("option", { value: String(k), textContent: text })));
    select.addEventListener("change", () => list());
    return select;
  };
  const outcome = choice("outcome", "any outcome", told.outcomes);
  const issue = choice("issue", "any issue", told.issues);
  const option = choice("option", "any option", []);
  const options = () => {
    const own = issue.value === "" ? [] : told.options[issue.value];
    option.replaceChildren(make("option", { value: "", textContent: own.length ? "any option" : "choose an issue first" }),
      ...own.map((text, k) => make("option", { value: String(k), textContent: text })));
    option.disabled = !own.length;
  };
  issue.addEventListener("change", () => { options(); list(); });
  const number = make("input", { type: "number", id: "browse-world", min: 0, max: told.worlds - 1, step: 1 });
  number.addEventListener("input", () => list());
  const count = make("p", { id: "browse-count" });
  count.setAttribute("role", "status");
  const found = make("ol", { className: "found" });
  const more = make("button", { type: "button", className: "file", textContent: "Show more" });
  let all = [], shown = 0;
  const about = (row) => {
    const [world, , , ...settled] = row;
    const parts = told.issues.map((title, j) => [title, settled[j] >= 0 ? told.options[j][settled[j]] : null])
      .filter(([, name]) => name !== null)
      .map(([title, name]) => make("div", {}, make("dt", { textContent: title, dir: "auto" }), make("dd", { textContent: name, dir: "auto" })));
    const inside = make("div", { className: "about" });
    inside.append(parts.length ? make("dl", { className: "sources" }, ...parts) : make("p", { textContent: "Nothing was settled." }));
    if (document.getElementById(`world-${world}`))
      inside.append(make("p", {}, make("a", { href: `#world-${world}`, textContent: `Its dance and its minutes` })));
    inside.append(make("p", {}, "Its minutes, offer by offer: ", make("code", { textContent: told.command.replace("NUMBER", world) })));
    return inside;
  };
  const grow = () => {
    for (const row of all.slice(shown, shown + AT_ONCE)) {
      const [world, end, day] = row;
      const summary = make("summary", {}, `World ${world.toLocaleString("en")}: ${told.outcomes[end].toLowerCase()}${day ? `, ${day}` : ""}`);
      const one = make("details", {}, summary);
      one.addEventListener("toggle", () => { if (one.open && one.childElementCount === 1) one.append(about(row)); });
      found.append(make("li", {}, one));
    }
    shown = Math.min(all.length, shown + AT_ONCE);
    more.hidden = shown >= all.length;
  };
  const list = () => {
    all = told.rows.filter((row) => (outcome.value === "" || row[1] === Number(outcome.value))
      && (number.value === "" || row[0] === Number(number.value))
      && (issue.value === "" || (option.value === "" ? row[3 + Number(issue.value)] >= 0
        : row[3 + Number(issue.value)] === Number(option.value))));
    shown = 0;
    found.replaceChildren();
    count.textContent = `${all.length.toLocaleString("en")} of the first ${told.rows.length.toLocaleString("en")} worlds`;
    grow();
  };
  more.addEventListener("click", () => {
    const at = found.childElementCount;
    grow();
    const next = found.children[at];
    if (next) next.querySelector("summary").focus();
  });
  const label = (text, control) => make("label", { htmlFor: control.id }, `${text} `, control);
  browse.append(make("div", { className: "choices" }, label("Ended in", outcome), label("settled", issue), label("at", option),
    label("number", number)), count, found, more);
  options();
  list();
  browse.hidden = false;
  /* From a cell of a table to the worlds behind it. */
  const behind = (place, text, choose) => {
    const button = make("button", { type: "button", className: "behind" });
    button.setAttribute("aria-label", text);
    button.addEventListener("click", () => {
      outcome.value = issue.value = number.value = "";
      choose();
      list();
      browse.scrollIntoView();
      outcome.focus();
    });
    place.append(" ", button);
  };
  for (const row of document.querySelectorAll("tr[data-outcome]")) {
    const k = told.outcomes.indexOf(row.dataset.outcome);
    if (k >= 0) behind(row.cells[0], `Worlds that ended so: ${row.dataset.outcome}`, () => { outcome.value = String(k); options(); });
  }
  for (const one of document.querySelectorAll("li[data-option]")) {
    const j = Number(one.dataset.issue), k = (told.options[j] || []).indexOf(one.dataset.option);
    if (k >= 0) behind(one, `Worlds that settled it so: ${one.dataset.option}`, () => {
      issue.value = String(j);
      options();
      option.value = String(k);
    });
  }
})();
