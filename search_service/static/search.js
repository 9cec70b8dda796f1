// Makes quicker what works without it: swaps results in place, completes titles, copies quotations.
"use strict";
(() => {
  const words = document.currentScript.dataset;
  const form = document.getElementById("search");

  // Results in place: the same pages from the server, of which only the changing parts are taken.
  if (form && window.DOMParser && window.AbortController) {
    const filters = document.getElementById("filters");
    const summary = filters.querySelector("summary");
    const results = () => document.getElementById("results");
    const here = () => location.pathname + location.search;
    let asking = null;
    let shown = here();

    const focused = () => {
      const at = document.activeElement;
      if (!at || at === document.body) return "";
      if (at.type === "checkbox") return `[name="${at.name}"][value="${CSS.escape(at.value)}"]`;
      return at.id && at.form === form ? `#${at.id}` : "";
    };

    const show = (page, selector) => {
      for (const old of document.querySelectorAll("[data-swap]")) {
        const fresh = page.getElementById(old.id);
        if (!fresh) throw new Error(`no ${old.id}`);
        old.replaceWith(fresh);
      }
      document.title = page.title;
      document.getElementById("q").value = page.getElementById("q").value;
      const count = document.getElementById("count");
      document.getElementById("status").textContent = count.textContent;
      const before = selector && document.querySelector(selector);
      (before || count).focus({ preventScroll: Boolean(before) });
    };

    const go = async (address, { push = true, selector = "" } = {}) => {
      if (asking) asking.abort();
      const mine = (asking = new AbortController());
      results().setAttribute("aria-busy", "true");
      document.getElementById("status").textContent = words.loading;
      try {
        const answer = await fetch(address, { signal: mine.signal });
        if (!answer.ok) throw new Error(answer.status);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (push) history.pushState(null, "", address);
        show(page, selector);
        shown = here();
      } catch (error) {
        if (error.name === "AbortError") return;
        location.assign(address);
      }
    };

    const written = () => {
      const pairs = [...new FormData(form)].filter(([, value]) => value.trim());
      const text = new URLSearchParams(pairs).toString();
      return text ? `/search?${text}` : "/search";
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // Where the filters can be folded, they make room for what they found.
      if (summary.offsetParent) filters.open = false;
      go(written(), { selector: event.submitter ? "" : focused() });
    });
    form.addEventListener("change", (event) => {
      if (event.target.id === "sort") go(written(), { selector: "#sort" });
    });
    form.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
        return;
      const address = link.getAttribute("href");
      if (!/^\/search(\?|$)/.test(address)) return;
      event.preventDefault();
      go(address);
    });
    window.addEventListener("popstate", () => {
      // Going to a part of the page, as the first link does, is no other search.
      if (here() !== shown) go(location.href, { push: false });
    });
  }

  // Titles that go on from what is typed: a combobox with a list, as in the ARIA practices.
  for (const box of document.querySelectorAll("[data-suggest]")) {
    const list = document.createElement("ul");
    list.id = "suggestions";
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.suggestions);
    box.after(list);
    box.type = "text";
    box.enterKeyHint = "search";
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    let waiting = 0;
    let typed = "";
    let at = -1;

    const open = (wanted) => {
      list.hidden = !wanted;
      box.setAttribute("aria-expanded", String(wanted));
      if (!wanted) point(-1);
    };
    const point = (index) => {
      at = index;
      [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
      if (at < 0) box.removeAttribute("aria-activedescendant");
      else box.setAttribute("aria-activedescendant", list.children[at].id);
    };
    const pick = (option) => {
      box.value = option.textContent;
      open(false);
      box.form.requestSubmit();
    };
    const ask = async () => {
      typed = box.value.trim();
      if (typed.length < 3) return open(false);
      try {
        const answer = await fetch(`/suggest?q=${encodeURIComponent(typed)}`);
        const [said, titles] = await answer.json();
        if (said !== box.value.trim() || document.activeElement !== box) return;
        list.replaceChildren(
          ...titles.map((title, index) => {
            const option = document.createElement("li");
            option.id = `suggestion-${index}`;
            option.dir = "auto";
            option.setAttribute("role", "option");
            option.textContent = title;
            return option;
          }),
        );
        point(-1);
        open(titles.length > 0);
      } catch {
        open(false);
      }
    };

    open(false);
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 150);
    });
    box.addEventListener("keydown", (event) => {
      const last = list.children.length - 1;
      if (event.key === "Escape" && !list.hidden) open(false);
      else if (event.key === "ArrowDown" && last >= 0) {
        open(true);
        point(at < last ? at + 1 : 0);
      } else if (event.key === "ArrowUp" && !list.hidden) point(at > 0 ? at - 1 : last);
      else if (event.key === "Enter" && at >= 0 && !list.hidden) pick(list.children[at]);
      else return;
      event.preventDefault();
    });
    box.addEventListener("blur", () => open(false));
    box.form.addEventListener("submit", () => {
      clearTimeout(waiting);
      open(false);
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) pick(option);
    });
  }

  // A button beside every quotation.
  if (navigator.clipboard) {
    for (const quotation of document.querySelectorAll("[data-copy]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = words.copy;
      button.addEventListener("click", async () => {
        // A permalink that is a path leads nowhere from where it is pasted.
        const text = quotation.textContent.replace(/\s(\/d\/\S+)$/, ` ${location.origin}$1`);
        await navigator.clipboard.writeText(text);
        button.textContent = words.copied;
      });
      quotation.after(button);
    }
  }
})();
