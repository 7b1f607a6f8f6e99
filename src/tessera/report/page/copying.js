// Copying queries and rules.
function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  return Promise.reject(new Error("this browser has no clipboard"));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  const code = button.parentElement.querySelector("code");
  copied(code.textContent).then(
    () => { button.textContent = "Copied"; },
    () => {
      // no permission: select it, so that the reader can copy
      window.getSelection().selectAllChildren(code);
      button.textContent = "Selected";
    },
  );
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
});
