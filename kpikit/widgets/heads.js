// Tells Python of a press on one of the heads of the table beside this widget, and gives the focus back to it then.
function render({ model, el }) {
  let again = "";
  const beside = () => el.parentElement;
  const press = (event) => {
    const head = event.target.closest?.("button[data-sort]");
    if (!head || !beside()?.contains(head)) return;
    again = head.dataset.sort;
    model.send({ sort: again });
  };
  const quiet = (event) => { // Enter and the blank are the button's, not those of JupyterLab's cells
    if (["Enter", " "].includes(event.key) && event.target.closest?.("button[data-sort]") &&
      beside()?.contains(event.target)) event.stopPropagation();
  };
  const focus = new MutationObserver(() => {
    const head = again && beside()?.querySelector(`button[data-sort="${again}"]`);
    if (head && [document.body, null].includes(document.activeElement)) head.focus({ preventScroll: true });
  });
  const leave = (event) => { if (!event.target.closest?.("button[data-sort]")) again = ""; };
  const heard = [["click", press], ["keydown", quiet], ["pointerdown", leave], ["focusin", leave]];
  for (const [name, hear] of heard) document.addEventListener(name, hear, true);
  requestAnimationFrame(() => beside() && focus.observe(beside(), { childList: true, subtree: true }));
  return () => {
    focus.disconnect();
    for (const [name, hear] of heard) document.removeEventListener(name, hear, true);
  };
}

export default { render };
