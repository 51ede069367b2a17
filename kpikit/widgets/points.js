// The page that Python made, with a button over each point of its first picture, and beneath it what is behind one.
const MOVES = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

function render({ model, el }) {
  const page = document.createElement("div");
  page.className = "kpi-page";
  const behind = document.createElement("div");
  behind.setAttribute("aria-live", "polite");
  el.setAttribute("data-lm-suppress-shortcuts", "true"); // the arrows are ours, not those of JupyterLab's cells
  el.append(page, behind);
  let picture, holder, tip, current = 0;
  const buttons = () => [...(holder?.querySelectorAll("button") ?? [])];
  const sizes = new ResizeObserver(place);

  function draw() {
    const had = holder?.contains(document.activeElement);
    page.innerHTML = model.get("value");
    sizes.disconnect();
    picture = page.querySelector("svg.kpi-picture");
    holder = undefined;
    const points = model.get("points");
    page.querySelector(".kpikit.focus")?.after(behind); // beneath the picture, before what else is told
    show();
    if (!picture || !points.length) return;
    holder = document.createElement("div");
    holder.className = "kpi-points";
    holder.setAttribute("role", "group");
    holder.setAttribute("aria-label", model.get("label"));
    picture.replaceWith(holder);
    tip = document.createElement("span");
    tip.className = "tip";
    tip.setAttribute("aria-hidden", "true");
    holder.append(picture, ...points.map(button), tip);
    current = points.length - 1;
    mark();
    sizes.observe(holder);
    if (had) buttons()[current].focus({ preventScroll: true });
  }

  function button(point, at) {
    const made = document.createElement("button");
    made.type = "button";
    made.setAttribute("aria-label", point.text);
    made.addEventListener("click", () => pick(point.key === model.get("picked") ? "" : point.key));
    for (const event of ["focus", "pointerenter"]) made.addEventListener(event, () => tell(made, point));
    made.addEventListener("focus", () => { current = at; mark(); });
    made.addEventListener("keydown", (event) => move(event, at));
    for (const event of ["blur", "pointerleave"]) made.addEventListener(event, () => { tip.textContent = ""; });
    return made;
  }

  function tell(made, point) {
    tip.textContent = point.text;
    const right = parseFloat(made.style.left) > 50;
    tip.style.left = right ? "auto" : made.style.left;
    tip.style.right = right ? `${100 - parseFloat(made.style.left)}%` : "auto";
  }

  function move(event, at) {
    if (event.key === "Escape") pick("");
    else if (event.key in MOVES) {
      const all = buttons();
      all[Math.min(Math.max(at + MOVES[event.key], 0), all.length - 1)].focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function pick(key) {
    model.set("picked", key);
    model.save_changes();
  }

  function mark() { // one of the points can be reached by the tabulator, the arrows go on from there
    const picked = model.get("points").findIndex((point) => point.key === model.get("picked"));
    buttons().forEach((each, at) => {
      each.tabIndex = at === current ? 0 : -1;
      each.setAttribute("aria-pressed", String(at === picked));
    });
  }

  function place() { // the picture holds two drawings, of which the output's width shows one
    const narrow = getComputedStyle(picture.querySelector("g")).display === "none";
    const points = model.get("points").map((point) => point[narrow ? "narrow" : "wide"]);
    const step = points.length > 1 ? points[1] - points[0] : 0.2;
    buttons().forEach((each, at) => {
      each.style.left = `${100 * (points[at] - step / 2)}%`;
      each.style.width = `${100 * step}%`;
    });
  }

  function show() {
    behind.innerHTML = picture ? model.get("details") : ""; // an error stands alone
    mark();
  }

  model.on("change:value", draw);
  model.on("change:details change:picked", show);
  draw();
  return () => sizes.disconnect();
}

export default { render };
