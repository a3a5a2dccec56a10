import Foundation
import Testing

/// The theme's search in a real browser, with the server in front of it.
///
/// `make peers` installs Chromium; `GATEHOUSE_CHROMIUM` names it where it lies elsewhere.
@Suite(.timeLimit(.minutes(3)))
struct SearchPeerTests {
    private static let chromium = ProcessInfo.processInfo.environment["GATEHOUSE_CHROMIUM"].flatMap {
        $0.isEmpty ? nil : $0
    }

    /// What a visitor does, and notes of what is seen then.
    ///
    /// A file of the site's own, since no other script may run; it goes on after a navigation.
    private static let visitor = """
        // The preview's own connection never ends, and the browser would wait for it.
        window.EventSource = class {};
        addEventListener("load", () => visit().catch((error) => note({ error: String(error) })));
        const note = (notes) => (document.documentElement.dataset.notes = JSON.stringify(notes));
        const visit = async () => {
          const until = async (seen) => {
            for (let round = 0; round < 200; round += 1) {
              const value = seen();
              if (value) return value;
              await new Promise((done) => setTimeout(done, 25));
            }
            throw new Error("never seen: " + seen);
          };
          const press = (target, key) =>
            target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
          const notes = JSON.parse(sessionStorage.getItem("notes") ?? "{}");
          const one = (selector) => document.querySelector(selector);
          const results = () => [...document.querySelectorAll("[role=option]")];
          const ask = async (words) => {
            const status = one(".search-status");
            status.textContent = "";
            one(".search-field").value = words;
            one(".search-field").dispatchEvent(new Event("input", { bubbles: true }));
            await until(() => status.textContent);
            return {
              says: status.textContent,
              links: results().map((link) => link.getAttribute("href")),
              marks: results().map((link) => [...link.querySelectorAll("mark")].map((mark) => mark.textContent)),
              text: results().map((link) => link.textContent).join(" | "),
            };
          };
          if (location.pathname === "/oars/") {
            notes.arrived = location.hash;
            note(notes);
            return;
          }
          await until(() => one(".search-open"));
          press(document.body, "/");
          notes.focused = document.activeElement === one(".search-field");
          if (!sessionStorage.getItem("member")) {
            notes.stem = await ask("rowed");
            notes.beginning = await ask("SPL");
            notes.several = await ask("spläsh blades");
            notes.slip = await ask("splashingly");
            notes.none = await ask("zzz");
            notes.guest = await ask("quokka");
            press(one(".search-field"), "Escape");
            notes.closed = !one(".search").open;
            sessionStorage.setItem("member", "yes");
            sessionStorage.setItem("notes", JSON.stringify(notes));
            const form = new URLSearchParams({ account: "member@example.com", to: "/" });
            await fetch("/_gatehouse/as", { method: "POST", body: form });
            location.reload();
            return;
          }
          notes.member = await ask("quokka");
          notes.pro = await ask("bandicoot");
          await ask("oar");
          const field = one(".search-field");
          press(field, "ArrowDown");
          press(field, "ArrowDown");
          press(field, "ArrowUp");
          await until(() => field.getAttribute("aria-activedescendant") === results()[0].id);
          notes.selected = results().map((link) => link.getAttribute("aria-selected"));
          notes.expanded = field.getAttribute("aria-expanded");
          await ask("feather");
          sessionStorage.setItem("notes", JSON.stringify(notes));
          press(field, "Enter");
        };
        """

    private struct Notes: Decodable {
        struct Answer: Decodable {
            let says: String
            let links: [String]
            let marks: [[String]]
            let text: String
        }

        let error: String?
        let focused: Bool?
        let closed: Bool?
        let arrived: String?
        let expanded: String?
        let selected: [String]?
        let stem: Answer?
        let beginning: Answer?
        let several: Answer?
        let slip: Answer?
        let none: Answer?
        let guest: Answer?
        let member: Answer?
        let pro: Answer?
    }

    @Test(.enabled(if: chromium != nil, "GATEHOUSE_CHROMIUM names no browser"))
    func `a visitor finds by keyboard what is public, and a member what is for members`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        try site.write(
            "content/oars.md",
            "---\ntitle: Oars\n---\nAbove.\n\n## Blades\n\nRowing makes the blades splash. An oar.\n\n### Feathering\n\nTurn it.\n"
        )
        try site.write("content/boats.md", "---\ntitle: Boats\n---\nHe rows with an oar & a `<b>`.\n")
        try site.write(
            "content/members/pro.md",
            "---\nvisibility: private\nallow: { labels: [pro] }\n---\nBandicoot.\n"
        )
        try site.write("themes/lantern/assets/visitor.js", Self.visitor)
        let head = "themes/lantern/partials/head.mustache"
        let markup = try String(contentsOf: site.folder.appending(path: head), encoding: .utf8)
        try site.write(head, markup + "<script src=\"/assets/visitor.js\"></script>\n")
        let port = try Loopback.freePort()
        let command = Command(["dev", "--port", "\(port)"], folder: site.folder)
        try command.process.run()
        _ = try await command.output.upTo("Ctrl-C ends.")
        let page = try await Self.page("http://127.0.0.1:\(port)/")
        _ = try await command.end(by: SIGINT)
        let json = try #require(page.firstMatch(of: /data-notes="([^"]*)"/)?.output.1, "\(page)")
            .replacing("&quot;", with: "\"").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&amp;", with: "&")
        let notes = try JSONDecoder().decode(Notes.self, from: Data(json.utf8))
        #expect(notes.error == nil && notes.focused == true && notes.closed == true)

        #expect(notes.stem?.links == ["/boats/", "/oars/#blades"])
        #expect(notes.stem?.marks == [["rows"], ["Rowing"]] && notes.stem?.says == "2 pages found.")
        #expect(notes.stem?.text.contains("He rows with an oar & a <b>.") == true)
        #expect(notes.beginning?.links == ["/oars/#blades"] && notes.beginning?.says == "1 page found.")
        #expect(notes.several?.marks == [["Blades", "blades", "splash"]])
        #expect(notes.slip?.links == ["/oars/#blades"])
        #expect(notes.none?.links == [] && notes.none?.says == "Nothing found.")

        #expect(notes.guest?.links == [])
        #expect(notes.member?.links == ["/members/"] && notes.member?.text.contains("Members only") == true)
        #expect(notes.pro?.links == [])
        #expect(notes.selected == ["true", "false"] && notes.expanded == "true")
        #expect(notes.arrived == "#feathering")
    }

    /// The page as it is after its scripts have run.
    private static func page(_ address: String) async throws -> String {
        let profile = FileManager.default.temporaryDirectory.appending(path: "gatehouse-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: profile) }
        let process = Process()
        process.executableURL = URL(filePath: try #require(chromium))
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(profile.path)",
            "--virtual-time-budget=60000", "--dump-dom", address,
        ]
        let output = Pipe()
        (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
        try process.run()
        return try await aside {
            let text = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return String(decoding: text, as: UTF8.self)
        }
    }
}
