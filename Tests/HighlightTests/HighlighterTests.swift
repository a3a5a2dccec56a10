import Foundation
import Testing

@testable import Highlight

/// The real program, as the package builds it.
struct HighlighterTests {
    private let highlighter = Highlighter(program: Program.path)

    private func colored(_ code: String, _ language: String) -> String? {
        guard case .html(let bytes) = highlighter.highlight(Array(code.utf8), language: language) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test
    func `words get classes, and nothing of the code is lost`() throws {
        let html = try #require(colored("let x = \"a<b\" // é 🦢\n", "swift"))
        #expect(html.contains(#"<span class="code-keyword">let</span>"#))
        #expect(html.contains("code-comment"))
        #expect(html.contains("a&lt;b"))
        #expect(html.contains("é 🦢"))
        #expect(html.hasSuffix("\n"))
    }

    @Test(arguments: ["diff", "patch"])
    func `lines that a diff takes away and adds have classes of their own`(language: String) throws {
        let code = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n keep\n-gone\n+new\n"
        #expect(
            try #require(colored(code, language)).split(separator: "\n") == [
                #"<span class="code-type">diff --git a/x b/x</span>"#,
                #"<span class="code-type">--- a/x</span>"#, #"<span class="code-type">+++ b/x</span>"#,
                #"<span class="code-type">@@ -1,3 +1,3 @@</span>"#, " keep",
                #"<span class="code-removed">-gone</span>"#, #"<span class="code-added">+new</span>"#,
            ]
        )
        let old = try #require(colored("1c1\n< gone\n---\n> new\n", language))
        #expect(old.contains(#"<span class="code-removed">&lt; gone</span>"#))
        #expect(old.contains(#"<span class="code-added">&gt; new</span>"#))
    }

    /// Tags taken out and entities decoded, the HTML is the code again; and no element goes over a line's end.
    @Test(arguments: ["swift", "python", "html", "css", "bash", "yaml", "diff", "sql", "php", "markdown"])
    func `the text is the code, line by line`(language: String) throws {
        let code = try String(contentsOfFile: #filePath, encoding: .utf8) + "\t<a href='x'>\r\n\n'''\n\"open"
        let html = try #require(colored(code, language))
        let text = html.replacing(#/<span class="code-[a-z]+">|<\/span>/#, with: "")
            .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&amp;", with: "&")
        #expect(text == code)
        for line in html.split(separator: "\n") {
            #expect(line.matches(of: #/<span /#).count == line.matches(of: #/<\/span>/#).count)
        }
    }

    static let languages = [
        "swift", "php", "python", "rust", "js", "javascript", "ts", "typescript", "go", "bash", "sh", "json",
        "yaml", "yml", "html", "css", "sql", "diff", "dart", "kotlin", "java", "c", "cpp", "c++", "csharp",
        "c#", "ruby", "perl", "lua", "r", "julia", "scala", "haskell", "elixir", "erlang", "clojure", "toml",
        "ini", "dockerfile", "makefile", "cmake", "graphql", "xml", "markdown", "scss", "less", "powershell",
        "vue", "svelte", "groovy", "ocaml", "fsharp", "nim", "zig", "latex", "matlab", "awk", "protobuf",
        "jsx", "tsx", "objc", "fortran", "cobol", "pascal", "ada", "prolog", "scheme", "lisp", "racket",
        "tcl", "asm", "terraform", "nix", "puppet", "qml", "glsl", "verilog", "vhdl", "twig", "handlebars",
        "console", "Swift", "JSON",
    ]

    @Test(arguments: languages)
    func `a language is known by its name, an alias or its file ending`(language: String) {
        #expect(colored("x = 1\n", language) != nil)
    }

    @Test(arguments: [
        "", "klingon", "two words", "swift\n9", "../../etc/passwd", String(repeating: "x", count: 65),
    ])
    func `another name is no language`(language: String) {
        #expect(highlighter.highlight(Array("x\n".utf8), language: language) == .unknownLanguage)
    }

    @Test
    func `many tasks ask at once and each gets its own answer`() async {
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask { colored("let x = \(number)\n", "swift")?.contains(">\(number)<") ?? false }
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    @Test
    func `without the program code is told to be plain, and why`() {
        let none = Highlighter(program: "/nonexistent/gatehouse-highlight")
        let outcome = none.highlight([0x78], language: "swift")
        #expect(outcome == .unavailable("'/nonexistent/gatehouse-highlight' cannot be started"))
        #expect(none.highlight([0x78], language: "swift") == outcome)
    }

    /// The program is mended meanwhile: whoever asked it again would get colours.
    @Test(arguments: [("exec cat", 5000), ("exec sleep 5", 50)])
    func `code that a program failed at is not asked about again`(script: String, patience: Int) throws {
        let program = FileManager.default.temporaryDirectory.appendingPathComponent("failing-\(UUID())").path
        try "#!/bin/sh\n\(script)\n".write(toFile: program, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: program) }
        chmod(program, 0o700)
        let highlighter = Highlighter(program: program, patience: .milliseconds(patience))
        let first = highlighter.highlight(Array("let x = 1\n".utf8), language: "swift")
        guard case .unavailable = first else {
            Issue.record("\(first)")
            return
        }
        try FileManager.default.removeItem(atPath: program)
        try FileManager.default.createSymbolicLink(atPath: program, withDestinationPath: Program.path)
        #expect(highlighter.highlight(Array("let x = 1\n".utf8), language: "swift") == first)
        #expect(highlighter.failure != nil)
    }

    @Test
    func `a program that dies, raves or says nothing costs its time and no more`() throws {
        let dead = Highlighter(program: "/bin/false", patience: .seconds(5))
        #expect(dead.highlight([0x78], language: "swift") == .unavailable("gatehouse-highlight broke off"))
        let raving = Highlighter(program: "/bin/cat", patience: .seconds(5))
        #expect(raving.highlight([0x78], language: "swift") == .unavailable("gatehouse-highlight broke off"))
        let script = FileManager.default.temporaryDirectory.appendingPathComponent("silent-\(UUID())").path
        try "#!/bin/sh\nexec sleep 5\n".write(toFile: script, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: script) }
        chmod(script, 0o700)
        let silent = Highlighter(program: script, patience: .milliseconds(50))
        let outcome = silent.highlight([0x78], language: "swift")
        #expect(outcome == .unavailable("gatehouse-highlight did not answer in time"))
    }
}

private enum Program {
    /// It lies beside the bundle of tests that is running.
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "gatehouse-highlight").path
}
