// The search of Lantern. It looks words up in the indexes that the build has made, for everyone and for whoever is
// signed in, and needs no server that searches. What the indexes hold: Sources/Search/Room.md of Gatehouse.
(() => {
  "use strict";

  const template = document.getElementById("lantern-search");
  if (!template || !window.HTMLDialogElement) return;

  // ---- Words, as the build makes them (SearchWords.swift) ----

  const alone = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const pattern = new RegExp(`[${alone}]|(?:(?![${alone}])[\\p{L}\\p{M}\\p{N}])+`, "gu");
  const folded = (word) => word.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const wordsOf = (text) => [...text.matchAll(pattern)].map((match) => folded(match[0]));

  // ---- Indexes ----

  const version = 1;
  const files = new Map();

  // A file of an index never changes, so it is asked for once.
  function file(address) {
    if (!files.has(address)) {
      const answer = fetch(address).then((response) => {
        if (!response.ok) throw new Error(`${address}: ${response.status}`);
        return response.json();
      });
      answer.catch(() => files.delete(address));
      files.set(address, answer);
    }
    return files.get(address);
  }

  // All indexes that an address leads to and that this visitor may read; a visitor who may not is told 401 or 403.
  async function indexesAt(address, isPrivate) {
    if (!address) return [];
    const response = await fetch(address, { cache: "no-cache" });
    if (response.status >= 500 || response.status === 429) throw new Error(`${address}: ${response.status}`);
    if (!response.ok) return [];
    const entry = await response.json();
    if (entry.version !== version) return [];
    const found = entry.indexes.map((item) =>
      typeof item === "string" ? indexesAt(item, isPrivate) : [{ ...item, isPrivate }],
    );
    return (await Promise.all(found)).flat();
  }

  let opened;
  function indexes() {
    if (!opened) {
      const members = indexesAt(template.dataset.members, true).catch(() => []);
      opened = Promise.all([indexesAt(template.dataset.index, false), members]).then((all) => all.flat());
      opened.catch(() => (opened = undefined));
    }
    return opened;
  }

  // ---- Looking up ----

  // More files than these are not loaded for the beginning of a word.
  const mostFiles = 4;

  // The files of an index whose part of the alphabet has words with this beginning.
  function filesFor(index, word) {
    const last = (limit) => {
      let [low, high] = [0, index.words.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (index.words[middle] <= limit) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    };
    const first = Math.max(0, last(word));
    const end = Math.min(last(word + "\uffff"), first + mostFiles - 1);
    return Array.from({ length: Math.max(0, end - first + 1) }, (_, step) => `${index.folder}w${first + step}.json`);
  }

  // What an index says to a word: the pages with their scores, and all spellings that count as the word.
  async function lookUp(index, word) {
    const pages = new Map();
    const spellings = new Set();
    const seen = new Set();
    for (const rows of await Promise.all(filesFor(index, word).map(file))) {
      for (const [forms, finds] of rows) {
        if (seen.has(forms)) continue;
        let quality = 0;
        for (const form of forms.split(" ")) {
          if (form === word) quality = 1;
          else if (form.startsWith(word)) quality = Math.max(quality, 0.3 + (0.6 * word.length) / form.length);
        }
        if (quality === 0) continue;
        seen.add(forms);
        forms.split(" ").forEach((form) => spellings.add(form));
        let number = 0;
        for (let at = 0; at < finds.length; at += 2) {
          number += finds[at];
          const score = finds[at + 1] * quality;
          if (score > (pages.get(number) ?? 0)) pages.set(number, score);
        }
      }
    }
    return { pages, spellings };
  }

  // The same over all indexes, and how rare the word is in them. A word that none knows loses its end, which may be another
  // grammar's, or a slip.
  async function lookUpAll(all, word) {
    const shortest = Math.max(3, Math.ceil(word.length * 0.5));
    let part = word;
    for (;;) {
      const found = await Promise.all(all.map((index) => lookUp(index, part)));
      const count = found.reduce((sum, { pages }) => sum + pages.size, 0);
      if (count > 0 || part.length <= shortest) {
        const others = all.reduce((sum, { documents }) => sum + documents, 0) - count;
        return { word: part, found, rarity: Math.log(1 + (others + 0.5) / (count + 0.5)) };
      }
      part = part.slice(0, -1);
    }
  }

  // The best pages first. Where no page has all words, those with most of them.
  async function search(query) {
    const all = await indexes();
    const words = [...new Set(wordsOf(query))].slice(0, 12);
    const looked = await Promise.all(words.map((word) => lookUpAll(all, word)));
    const results = [];
    all.forEach((index, place) => {
      const scores = new Map();
      for (const { found, rarity } of looked) {
        for (const [number, score] of found[place].pages) {
          const known = scores.get(number) ?? { index, number, words: 0, score: 0 };
          known.words += 1;
          known.score += score * rarity;
          scores.set(number, known);
        }
      }
      results.push(...scores.values());
    });
    const most = results.reduce((most, { words }) => Math.max(most, words), 0);
    const terms = looked.map(({ word, found }) => ({
      word,
      spellings: new Set(found.flatMap(({ spellings }) => [...spellings])),
    }));
    const best = results.filter(({ words }) => words === most);
    return { terms, results: best.sort((one, other) => other.score - one.score || one.number - other.number) };
  }

  // ---- Showing ----

  const longest = 180;

  // The words of a text that were asked for: where each stands, and which of the terms it is.
  function hits(text, terms) {
    const found = [];
    for (const match of text.matchAll(pattern)) {
      const word = folded(match[0]);
      const term = terms.findIndex((term) => term.spellings.has(word) || word.startsWith(term.word));
      if (term >= 0) found.push({ term, start: match.index, end: match.index + match[0].length });
    }
    return found;
  }

  const kinds = (hits) => new Set(hits.map(({ term }) => term)).size;

  // The stretch of a text that has most of the terms, and where in the text it is.
  function excerpt(text, found) {
    let best = { start: 0, kinds: -1 };
    found.forEach((hit, place) => {
      const near = found.slice(place).filter(({ end }) => end - hit.start <= longest - 40);
      if (kinds(near) > best.kinds) best = { start: hit.start, kinds: kinds(near) };
    });
    let start = Math.max(0, best.start - 40);
    let end = Math.min(text.length, start + longest);
    if (start > 0) start = Math.min(best.start, next(text, start));
    if (end < text.length) end = Math.max(start + 1, text.lastIndexOf(" ", end));
    return { start, end };
  }

  // Behind the word that a place stands in.
  function next(text, place) {
    const gap = text.slice(place).search(/\s/);
    return gap < 0 ? place : place + gap + 1;
  }

  // Puts a part of a text into an element, with what was asked for marked.
  function write(element, text, found, { start, end } = { start: 0, end: text.length }) {
    let at = start;
    if (start > 0) element.append("…");
    for (const hit of found.filter((hit) => hit.start >= start && hit.end <= end)) {
      element.append(text.slice(at, hit.start));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(hit.start, hit.end);
      element.append(mark);
      at = hit.end;
    }
    element.append(text.slice(at, end));
    if (end < text.length) element.append("…");
  }

  // The part of a page that answers best; where the title says it all, the page itself.
  async function answer({ index, number }, terms) {
    const rows = await file(`${index.folder}d${Math.floor(number / index.chunk)}.json`);
    const [address, title, parts] = rows[number % index.chunk];
    const inTitle = hits(title, terms);
    let best = { rank: -1, anchor: "", heading: "", text: "", inHeading: [], inText: [] };
    for (const [anchor, heading, lines] of parts) {
      const text = lines.replaceAll("\n", " ");
      const [inHeading, inText] = [hits(heading, terms), hits(text, terms)];
      const rank = 100 * kinds([...inHeading, ...inText]) + 10 * kinds(inHeading) + Math.min(9, inText.length);
      if (rank > best.rank) best = { rank, anchor, heading, text, inHeading, inText };
    }
    const isWhole = kinds(inTitle) === terms.length || !best.anchor || best.rank === 0;
    return { address, title, inTitle, isPrivate: index.isPrivate, isWhole, ...best };
  }

  function option(answer) {
    const link = document.createElement("a");
    link.className = "search-result";
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    link.tabIndex = -1;
    link.href = answer.isWhole ? answer.address : `${answer.address}#${encodeURIComponent(answer.anchor)}`;
    const line = (name, text, found, range) => {
      if (!text) return;
      const span = document.createElement("span");
      span.className = name;
      write(span, text, found, range);
      link.append(span);
    };
    line("search-title", answer.title, answer.inTitle);
    if (answer.isPrivate) line("search-private", list.dataset.private, []);
    if (!answer.isWhole) line("search-heading", answer.heading, answer.inHeading);
    line("search-text", answer.text, answer.inText, excerpt(answer.text, answer.inText));
    return link;
  }

  // ---- The dialog ----

  template.after(template.content.cloneNode(true));
  const button = document.querySelector(".search-open");
  const dialog = document.querySelector(".search");
  const field = dialog.querySelector(".search-field");
  const status = dialog.querySelector(".search-status");
  const list = dialog.querySelector(".search-found");

  const step = 8;
  let asked = 0;
  let current = { terms: [], results: [], shown: 0 };
  let loading;

  function select(link) {
    list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    if (!link) return field.removeAttribute("aria-activedescendant");
    link.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", link.id);
    link.scrollIntoView({ block: "nearest" });
  }

  function say(text) {
    // The same words again would not be read out again, and need not be.
    if (status.textContent !== text) status.textContent = text;
  }

  // Shows some more of what was found.
  function more() {
    loading ??= (async () => {
      const found = current;
      const part = found.results.slice(found.shown, found.shown + step);
      const answers = await Promise.all(part.map((result) => answer(result, found.terms)));
      if (found !== current) return;
      if (found.shown === 0) list.replaceChildren();
      for (const each of answers) {
        const link = option(each);
        link.id = `lantern-found-${found.shown}`;
        found.shown += 1;
        list.append(link);
      }
      field.setAttribute("aria-expanded", String(found.shown > 0));
    })().finally(() => (loading = undefined));
    return loading;
  }

  async function ask(isAgain) {
    const number = (asked += 1);
    const query = field.value;
    try {
      const found = wordsOf(query).length > 0 ? await search(query) : undefined;
      if (number !== asked) return;
      select();
      await loading;
      if (number !== asked) return;
      current = { terms: found?.terms ?? [], results: found?.results ?? [], shown: 0 };
      if (current.results.length === 0) list.replaceChildren();
      await more();
      if (number !== asked) return;
      list.scrollTop = 0;
      const count = current.results.length;
      const words = status.dataset;
      if (!found) say("");
      else if (count === 0) say(words.none);
      else say(count === 1 ? words.one : words.many.replace("#", count));
    } catch {
      if (number !== asked) return;
      // A new release may have taken the place of the one whose files were asked for.
      opened = undefined;
      if (!isAgain) return ask(true);
      current = { terms: [], results: [], shown: 0 };
      list.replaceChildren();
      field.setAttribute("aria-expanded", "false");
      say(status.dataset.failed);
    }
  }

  function open() {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
    // What will be needed is there when the first word is.
    indexes().catch(() => {});
  }

  async function move(forward) {
    const selected = list.querySelector("[aria-selected=true]");
    if (forward && selected && !selected.nextElementSibling) await more();
    if (!selected) return select(forward ? list.firstElementChild : list.lastElementChild);
    select(forward ? (selected.nextElementSibling ?? selected) : selected.previousElementSibling);
  }

  button.addEventListener("click", open);
  dialog.querySelector(".search-close").addEventListener("click", () => dialog.close());
  // A click on the dialog itself is one beside what is in it.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest(".search-result")) dialog.close();
  });
  list.addEventListener("scroll", () => {
    if (list.scrollTop + list.clientHeight > list.scrollHeight - 80 && current.shown < current.results.length) more();
  });

  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(false), 80);
  });
  field.addEventListener("keydown", async (event) => {
    if (event.isComposing) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        await move(event.key === "ArrowDown");
        break;
      case "Enter":
        event.preventDefault();
        (list.querySelector("[aria-selected=true]") ?? list.firstElementChild)?.click();
        break;
      case "Escape":
        // Some browsers would empty the field first.
        event.preventDefault();
        dialog.close();
        break;
    }
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable], dialog");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    open();
  });
})();
