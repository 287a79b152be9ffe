/* Figures: the values under the pointer or the arrow keys, and each as a file. Without this script they stand as they are. */
(() => {
  "use strict";
  const NEAR = 28;
  const make = (tag, properties, ...inside) => {
    const one = Object.assign(document.createElement(tag), properties);
    one.append(...inside);
    return one;
  };
  const save = (content, name) => {
    const link = make("a", { href: URL.createObjectURL(content), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  /* The figure as a document of its own, in light colours whatever the page's. */
  const light = { "--ink": "#1c2126", "--quiet": "#59636e", "--line": "#d5d9de", "--paper": "#fefefe",
    "--blue": "#0072b2", "--red": "#d55e00", "--green": "#009e73",
    "--agreement": "#0b3c49", "--breakdown": "#b23a48", "--indigo": "#332288", "--wine": "#882255" };
  const standalone = (svg) => {
    const copy = svg.cloneNode(true);
    const [, , width, height] = svg.getAttribute("viewBox").split(/\s+/).map(Number);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("xmlns:xlink", "http://www.w3.org/1999/xlink");
    copy.setAttribute("width", `${width}pt`);
    copy.setAttribute("height", `${height}pt`);
    copy.removeAttribute("style");
    const text = new XMLSerializer().serializeToString(copy);
    return { text: text.replace(/var\((--[a-z]+)\)/g, (whole, name) => light[name] || whole), width, height };
  };
  const picture = async (svg) => {
    const { text, width, height } = standalone(svg);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const scale = 300 / 72;
    const canvas = make("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed()), "image/png"));
  };
  const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replace(/"/g, '""')}"` : String(value));
  const table = (told) => [told.columns, ...told.rows.map((row) => row.slice(2))]
    .map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  for (const figure of document.querySelectorAll("figure")) {
    const frame = figure.querySelector(".picture"), svg = frame && frame.querySelector("svg");
    if (!svg) continue;
    const name = figure.id.replace(/^figure-/, "");
    const title = figure.querySelector("figcaption b").textContent.replace(/\.$/, "");
    const data = figure.querySelector("script.values");
    const told = data ? JSON.parse(data.textContent) : null;
    const said = make("span", { className: "failed" }), aloud = make("span", { className: "aloud" });
    for (const one of [said, aloud]) one.setAttribute("role", "status");
    const button = (text, about, act) => {
      const one = make("button", { type: "button", className: "file", textContent: text, title: about });
      one.setAttribute("aria-label", `${about}: ${title}`);
      one.addEventListener("click", act);
      return one;
    };
    const tools = make("div", { className: "tools" },
      button("SVG", "Save the figure as SVG",
        () => save(new Blob([standalone(svg).text], { type: "image/svg+xml" }), `${name}.svg`)),
      button("PNG", "Save the figure as PNG, 300 dots an inch", async () => {
        try { save(await picture(svg), `${name}.png`); } catch (error) { said.textContent = "This browser could not draw it"; }
      }),
      button("PDF", "Print the figure alone, or save it as PDF", () => {
        document.documentElement.classList.add("one-figure");
        figure.classList.add("printed-alone");
        for (let one = figure; one; one = one.parentElement) one.classList.add("printed-path");
        const over = () => {
          document.documentElement.classList.remove("one-figure");
          figure.classList.remove("printed-alone");
          document.querySelectorAll(".printed-path").forEach((one) => one.classList.remove("printed-path"));
        };
        addEventListener("afterprint", over, { once: true });
        print();
      }));
    if (told) tools.append(button("CSV", "Save the values of the figure as CSV",
      () => save(new Blob(["\ufeff", table(told)], { type: "text/csv" }), `${name}.csv`)));
    tools.append(said, aloud);
    figure.append(tools);
    if (!told) continue;
    const tip = make("div", { className: "tip", hidden: true });
    const mark = make("div", { className: "mark", hidden: true });
    frame.append(mark, tip);
    let shown = -1;
    const words = (row) => row.slice(2).map((value, k) => [told.columns[k], value])
      .filter(([, value]) => value !== "")
      .map(([column, value]) => [column, typeof value === "number" ? value.toLocaleString("en") : value]);
    const show = (k, spoken) => {
      shown = k;
      tip.hidden = mark.hidden = k < 0;
      if (k < 0) return;
      const row = told.rows[k], box = svg.getBoundingClientRect(), own = frame.getBoundingClientRect();
      const x = row[0] / 10000 * box.width + box.left - own.left + frame.scrollLeft;
      const y = row[1] / 10000 * box.height + box.top - own.top + frame.scrollTop;
      tip.replaceChildren(...words(row).map(([column, value]) => make("div", {}, make("b", { textContent: `${column} ` }), value)));
      mark.style.left = `${x}px`;
      mark.style.top = `${y}px`;
      const right = x - frame.scrollLeft + tip.offsetWidth + 14 > frame.clientWidth;
      tip.style.left = `${Math.max(frame.scrollLeft, right ? x - tip.offsetWidth - 14 : x + 14)}px`;
      tip.style.top = `${Math.max(0, Math.min(y - tip.offsetHeight / 2, box.height - tip.offsetHeight))}px`;
      if (spoken) aloud.textContent = words(row).map((one) => one.join(" ")).join(", ");
    };
    frame.addEventListener("pointermove", (event) => {
      const box = svg.getBoundingClientRect();
      let best = -1, least = NEAR * NEAR;
      told.rows.forEach((row, k) => {
        const across = row[0] / 10000 * box.width + box.left - event.clientX;
        const down = row[1] / 10000 * box.height + box.top - event.clientY;
        const far = across * across + down * down;
        if (far < least) { least = far; best = k; }
      });
      if (best !== shown) show(best, false);
    });
    frame.addEventListener("pointerleave", () => show(-1, false));
    frame.addEventListener("blur", () => { show(-1, false); aloud.textContent = ""; });
    frame.addEventListener("keydown", (event) => {
      const last = told.rows.length - 1;
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step) show(shown < 0 ? (step > 0 ? 0 : last) : Math.max(0, Math.min(last, shown + step)), true);
      else if (event.key === "Home") show(0, true);
      else if (event.key === "End") show(last, true);
      else if (event.key === "Escape") { show(-1, false); aloud.textContent = ""; } else return;
      event.preventDefault();
    });
    frame.setAttribute("aria-label", `Figure: ${title}. Arrow keys read its values.`);
  }
})();
