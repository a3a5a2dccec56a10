/// What the browser of an author is given: a script and its style.
///
/// The script builds everything from texts, never from markup: what it shows are the author's own files.
enum PreviewFiles {
    static let script = #"""
        "use strict";
        (() => {
          const release = document.currentScript.dataset.release;
          const element = (name, className, text) => {
            const made = document.createElement(name);
            made.className = className;
            if (text !== undefined) made.textContent = text;
            return made;
          };
          const root = element("div", "gatehouse-preview");
          const style = document.createElement("link");
          style.rel = "stylesheet";
          style.href = "/_gatehouse/live.css";
          document.head.append(style);
          document.body.append(root);

          const excerpt = (mistake) => {
            const lines = element("pre", "gatehouse-excerpt");
            for (const line of mistake.excerpt) {
              const marked = line.number === mistake.line ? " gatehouse-marked" : "";
              lines.append(element("span", "gatehouse-line" + marked, `${String(line.number).padStart(4)}  ${line.text}\n`));
            }
            return lines;
          };
          const overlay = (mistakes) => {
            const box = element("section", "gatehouse-overlay");
            box.setAttribute("role", "alert");
            const errors = mistakes.filter((mistake) => mistake.severity === "error").length;
            box.append(element("h2", "", errors === 1 ? "One mistake stops the build" : `${errors} mistakes stop the build`));
            box.append(element("p", "", "The page behind is the last one that could be built."));
            for (const mistake of mistakes) {
              const item = element("article", "gatehouse-mistake");
              item.append(element("p", "gatehouse-place", mistake.place), element("p", "gatehouse-problem", mistake.problem));
              if (mistake.excerpt.length > 0) item.append(excerpt(mistake));
              if (mistake.advice) item.append(element("p", "gatehouse-advice", mistake.advice));
              box.append(item);
            }
            return box;
          };
          const choice = (title, label, current) => {
            const form = element("form", "");
            form.method = "post";
            form.action = "/_gatehouse/as";
            for (const [name, value] of [["account", title], ["to", location.pathname]]) {
              const field = document.createElement("input");
              field.type = "hidden";
              field.name = name;
              field.value = value;
              form.append(field);
            }
            const button = element("button", "", label);
            if (current) button.setAttribute("aria-current", "true");
            form.append(button);
            return form;
          };
          const bar = (state) => {
            const box = element("nav", "gatehouse-bar");
            box.setAttribute("aria-label", "Look at the site as");
            box.append(element("span", "", "Seen as"), choice("", "guest", state.visitor === ""));
            for (const account of state.accounts) box.append(choice(account, account, account === state.visitor));
            return box;
          };

          const events = new EventSource("/_gatehouse/events");
          events.onmessage = (event) => {
            const state = JSON.parse(event.data);
            if (state.release !== release) {
              location.reload();
              return;
            }
            root.replaceChildren();
            if (state.mistakes.length > 0) root.append(overlay(state.mistakes));
            if (state.accounts.length > 0) root.append(bar(state));
          };
          addEventListener("pagehide", () => events.close());
        })();
        """#

    static let style = """
        .gatehouse-preview { font: 14px/1.5 system-ui, sans-serif; color: #f4f1ea; }
        .gatehouse-bar { position: fixed; inset: auto 0 0 auto; z-index: 2147483000; display: flex; flex-wrap: wrap; gap: .25rem;
          align-items: center; padding: .35rem .6rem; background: #1b2430; border-radius: .5rem 0 0 0; }
        body:has(.gatehouse-bar) { padding-bottom: 3rem; }
        .gatehouse-bar form { margin: 0; }
        .gatehouse-bar button { font: inherit; color: inherit; background: none; border: 1px solid #55606e; border-radius: .35rem;
          padding: .1rem .5rem; cursor: pointer; }
        .gatehouse-bar button[aria-current] { background: #f4f1ea; color: #1b2430; }
        .gatehouse-overlay { position: fixed; inset: 0; z-index: 2147483001; overflow: auto; padding: 2rem max(1rem, calc(50vw - 28rem));
          background: rgb(27 36 48 / .97); }
        .gatehouse-overlay h2 { margin: 0; font-size: 1.5rem; color: inherit; }
        .gatehouse-mistake { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid #55606e; }
        .gatehouse-overlay p { margin: .25rem 0; }
        .gatehouse-place { font-family: ui-monospace, monospace; color: #9fc4e8; }
        .gatehouse-problem { font-size: 1.1rem; font-weight: 600; }
        .gatehouse-advice { color: #ffd58a; }
        .gatehouse-excerpt { margin: .5rem 0; padding: .75rem; overflow: auto; background: #11171f; color: #c9d1da; border: 0;
          border-radius: .35rem; font: 13px/1.5 ui-monospace, monospace; }
        .gatehouse-line { display: block; white-space: pre; }
        .gatehouse-marked { background: #5a2330; color: #fff; }
        """
}
