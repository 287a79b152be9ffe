/* Tables can be sorted by a click on a heading and copied for a spreadsheet. Without this script they stand as they are. */
(() => {
  "use strict";
  const text = (cell) => cell.innerText.trim();
  const number = (shown) => {
    const found = shown.replace(/,/g, "").replace(/\u2212/g, "-").match(/^[<~]?\s*([-+]?\d+(\.\d+)?)/);
    return found ? parseFloat(found[1]) : null;
  };
  const sort = (table, column, down) => {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows).map((row, at) => {
      const shown = text(row.cells[column]);
      return { row, at, shown, value: number(shown) };
    });
    const numeric = rows.every((one) => one.value !== null || one.shown === "\u2013" || one.shown === "");
    rows.sort((a, b) => {
      if (numeric && (a.value === null) !== (b.value === null)) return a.value === null ? 1 : -1;
      const order = numeric ? a.value - b.value : a.shown.localeCompare(b.shown, undefined, { numeric: true });
      return (down ? -order : order) || a.at - b.at;
    });
    body.append(...rows.map((one) => one.row));
  };
  const copy = async (table) => {
    const lines = Array.from(table.rows).map((row) =>
      Array.from(row.cells).map((cell) => text(cell).replace(/\s*\n\s*/g, "; ")).join("\t"));
    const all = lines.join("\n");
    if (navigator.clipboard && window.isSecureContext) {
      try { await navigator.clipboard.writeText(all); return true; } catch (error) { /* the older way below */ }
    }
    const area = document.createElement("textarea");
    area.value = all;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  for (const table of document.querySelectorAll(".table > table")) {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, column, down);
      });
    });
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy table";
    button.setAttribute("aria-label", `Copy table: ${table.caption.innerText.trim()}`);
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      said.textContent = (await copy(table)) ? "Copied" : "Could not copy";
      setTimeout(() => { said.textContent = ""; }, 3000);
    });
    const tools = document.createElement("div");
    tools.className = "tools";
    tools.append(button, said);
    table.parentElement.after(tools);
  }
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  if (location.hash) open();
})();
