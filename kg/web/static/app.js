// Makes pages better that work without it: panels load on their own, names are suggested, "more" stays in the page.
document.cookie = "js=1; path=/; max-age=31536000; samesite=lax";

async function fill(panel, address) {
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("section.panel");
    if (part) { panel.replaceWith(document.adoptNode(part)); watch(part); }
  } catch (error) {
    panel.removeAttribute("aria-busy"); // its link is still there
  }
}

function watch(root) {
  for (const more of root.querySelectorAll("a[data-more]")) more.addEventListener("click", (event) => {
    event.preventDefault();
    fill(more.closest("section.panel"), more.href + "&fragment=1");
  });
}
// Two at a time, in the order of the page.
const waiting = [...document.querySelectorAll("section[data-panel]")];
async function next() { for (let panel; (panel = waiting.shift()); ) await fill(panel, panel.dataset.panel); }
next();
next();
watch(document);
for (const wait of document.querySelectorAll("[data-wait]")) setTimeout(() => location.reload(), Number(wait.dataset.wait));

// #char=b,e without ?at=: the server marks words, a browser only scrolls to them.
function marked() {
  const match = /^#char=(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));
  const address = new URL(location.href);
  if (match && document.querySelector(".sheet-of-text, .passages") && !address.searchParams.has("at")) {
    address.searchParams.set("at", `${match[1]},${match[2]}`);
    location.replace(address);
  }
}
marked();
addEventListener("hashchange", marked);

for (const input of document.querySelectorAll("input[data-suggest]")) suggest(input);

function suggest(input) {
  const list = document.createElement("ul");
  list.className = "suggest"; list.id = "suggestions"; list.setAttribute("role", "listbox"); list.setAttribute("aria-label", input.dataset.suggest); list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
  let asked, chosen = -1, timer;
  const close = () => { list.hidden = true; chosen = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const choose = (index) => {
    chosen = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
    if (index >= 0) input.setAttribute("aria-activedescendant", list.children[index].id); else input.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    asked?.abort(); asked = new AbortController();
    const words = input.value.trim();
    if (!words) return close();
    try {
      const answer = await fetch("/suggest?q=" + encodeURIComponent(words), { signal: asked.signal });
      if (!answer.ok) return close();
      const found = await answer.json();
      list.replaceChildren(...found.map((name, i) => {
        const item = document.createElement("li");
        item.id = "suggestion-" + i; item.setAttribute("role", "option"); item.setAttribute("aria-selected", "false"); item.dataset.path = name.path;
        for (const key of ["kind", "name", "hint"]) { const part = document.createElement("span"); part.className = key; part.textContent = name[key]; item.append(part); }
        return item;
      }));
      chosen = -1; list.hidden = !found.length; input.setAttribute("aria-expanded", String(found.length > 0));
    } catch (error) { if (error.name !== "AbortError") close(); }
  };
  // While Chinese is composed the box holds unfinished letters.
  input.addEventListener("input", (event) => { if (!event.isComposing) { clearTimeout(timer); timer = setTimeout(ask, 120); } });
  input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, 30); });
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.isComposing || list.hidden || !count) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); choose((chosen + (event.key === "ArrowDown" ? 1 : count + (chosen < 0 ? 0 : -1))) % count); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.assign(list.children[chosen].dataset.path); }
    else if (event.key === "Escape") close();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => { const item = event.target.closest("li"); if (item) location.assign(item.dataset.path); });
  input.addEventListener("blur", () => setTimeout(close, 150));
}
