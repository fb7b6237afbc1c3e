// Runs before the first paint: the theme this device was set to.
try {
  if (localStorage.getItem("dinh-room-theme") === "dark") document.documentElement.dataset.theme = "dark";
} catch {
  // No storage: the light theme.
}
