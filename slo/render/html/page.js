// Comfort only: the page says everything without it. Copies queries, and reads charts from the tables beneath them.
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    button.textContent = (await copied(code)) ? "Copied" : "Select and copy";
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2000);
  });
}

// A file opened from disk may be refused the clipboard: then the query is selected, ready for the keyboard.
async function copied(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(code);
    return false;
  }
}

for (const figure of document.querySelectorAll("figure")) {
  const area = figure.querySelector(".area");
  const rows = [...figure.querySelectorAll("[data-x]")];
  if (area !== null && rows.length > 0) readable(figure, area, rows);
}

function readable(figure, area, rows) {
  const heads = [...figure.querySelectorAll("thead th")].map((head) => head.textContent);
  const places = rows.map((row) => Number(row.dataset.x) / 1000);
  const axes = figure.querySelector(".axes");
  const axesText = axes.textContent;
  const cursor = document.createElementNS("http://www.w3.org/2000/svg", "line");
  cursor.setAttribute("class", "cursor");
  cursor.setAttribute("y1", "18");
  cursor.setAttribute("y2", "186");
  cursor.setAttribute("visibility", "hidden");
  area.append(cursor);
  let at = -1;

  const textOf = (row) =>
    [...row.cells]
      .map((cell, index) => (cell.textContent === "" ? "" : `${heads[index]} ${cell.textContent}`))
      .filter((text) => text !== "")
      .join(" · ");
  const show = (index) => {
    at = Math.min(rows.length - 1, Math.max(0, index));
    const x = `${(places[at] * 100).toFixed(2)}%`;
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    cursor.setAttribute("visibility", "visible");
    axes.textContent = textOf(rows[at]);
    axes.classList.add("reading");
    area.setAttribute("aria-valuenow", String(at + 1));
    area.setAttribute("aria-valuetext", axes.textContent);
  };
  const hide = () => {
    cursor.setAttribute("visibility", "hidden");
    axes.textContent = axesText;
    axes.classList.remove("reading");
  };

  area.setAttribute("tabindex", "0");
  area.setAttribute("role", "slider");
  area.setAttribute("aria-valuemin", "1");
  area.setAttribute("aria-valuemax", String(rows.length));
  area.setAttribute("aria-valuenow", "1");
  area.setAttribute("aria-valuetext", textOf(rows[0]));
  area.addEventListener("pointermove", (event) => {
    const box = area.getBoundingClientRect();
    const wanted = (event.clientX - box.left) / box.width;
    show(places.reduce((best, x, index) => (Math.abs(x - wanted) < Math.abs(places[best] - wanted) ? index : best), 0));
  });
  area.addEventListener("pointerleave", hide);
  area.addEventListener("blur", hide);
  area.addEventListener("keydown", (event) => {
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    show(next);
  });
}
