// Gives the handle of each slider in the same box the name that stands before it: ipywidgets gives it none.
function render({ el }) {
  const before = (label, handle) => label.compareDocumentPosition(handle) & Node.DOCUMENT_POSITION_FOLLOWING;
  const found = (what) => [...(el.parentElement?.querySelectorAll(what) ?? [])]; // none where it is taken away
  const named = () => {
    const labels = found(".widget-label").filter((each) => each.textContent.trim());
    for (const handle of found(".noUi-handle:not([aria-label])")) {
      const label = labels.filter((each) => before(each, handle)).at(-1);
      if (label) handle.setAttribute("aria-label", label.textContent);
    }
  };
  const more = new MutationObserver(named);
  requestAnimationFrame(() => {
    named();
    if (el.parentElement) more.observe(el.parentElement, { childList: true, subtree: true });
  });
  return () => more.disconnect();
}

export default { render };
