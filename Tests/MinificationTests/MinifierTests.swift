import Foundation
import Testing

@testable import Minification

/// The real program where it is installed (`make peers` does), and programs that only have its name.
struct MinifierTests {
    static let installed = ["/usr/bin/minify", "/usr/local/bin/minify"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// A folder to work in, with files in its `in`.
    private struct Bench {
        let path: String

        init(_ files: [String: String]) throws {
            // As in a release that is being built: below a hidden folder.
            path =
                FileManager.default.temporaryDirectory
                .appending(path: "gatehouse-minify-\(UUID().uuidString)/.tmp").path
            for part in ["in", "out"] {
                try FileManager.default.createDirectory(
                    atPath: "\(path)/\(part)",
                    withIntermediateDirectories: true
                )
            }
            for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(path)/in/\(name)")) }
        }

        func result(_ name: String) -> String? {
            FileManager.default.contents(atPath: "\(path)/out/\(name)").map {
                String(decoding: $0, as: UTF8.self)
            }
        }

        func remove() {
            try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent)
        }

        /// A program of this shell script.
        func minifier(_ script: String, patience: Double = 60) throws -> Minifier {
            let program = "\(path)/minify"
            try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: program))
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
            return Minifier(program: program, patience: patience)
        }
    }

    private static let page = """
        <!doctype html>
        <html lang="en">
        <head>
          <title>A  page</title>
          <!-- a remark -->
          <script type="application/ld+json">{ "name": "a  b", "n": 12 }</script>
          <style> p { color : #ff0000 } </style>
        </head>
        <body>
        <p>One   <b>two</b> <i>three</i><span> </span>four</p>
        <pre>
          kept   <b>as it  is</b>

        </pre><textarea>
          and  this </textarea>
        <input type="text" name="q">
        <math><mrow><mi>x</mi><mo>=</mo><mn>1</mn></mrow></math>
        <svg viewBox="0 0 10 10"><title>Two words</title><path d="M 1 1 L 10 10"/></svg>
        <p>it&#39;s &lt;here&gt; &amp; there</p>
        </body>
        </html>

        """

    @Test(.enabled(if: installed != nil, "minify is not installed"))
    func `a page becomes shorter, and what is seen of it stays`() throws {
        let bench = try Bench(["0.html": Self.page])
        defer { bench.remove() }
        try Minifier(program: Self.installed).shorten(["0.html"], at: bench.path)
        let short = try #require(bench.result("0.html"))
        #expect(short.utf8.count < Self.page.utf8.count)
        for part in [
            "<html lang=en>", "<p>One <b>two</b> <i>three</i><span> </span>four</p>",
            "\n  kept   <b>as it  is</b>\n\n</pre>", "<textarea>\n  and  this </textarea>",
            "{\"name\":\"a  b\",\"n\":12}", "p{color:red}", "type=text",
            "<math><mrow><mi>x</mi><mo>=</mo><mn>1</mn></mrow></math>", "<title>Two words</title>",
            "it's &lt;here> & there",
        ] { #expect(short.contains(part), "\(part) in \(short)") }
        #expect(!short.contains("remark"))
    }

    @Test(.enabled(if: installed != nil, "minify is not installed"))
    func `style sheets and scripts become shorter, many in one go`() throws {
        let css = "@media print {\n  .b > :is(h1, h2) {\n    margin: 0px;\n  }\n}\n"
        let js = "export const sum = (first, second) => {\n  // a remark\n  return first?.n ?? second;\n};\n"
        let bench = try Bench(["a.css": css, "b.js": js, "c.mjs": js])
        defer { bench.remove() }
        try Minifier(program: Self.installed).shorten(["a.css", "b.js", "c.mjs"], at: bench.path)
        #expect(bench.result("a.css")?.contains(":is(h1,h2)") == true)
        #expect(bench.result("a.css")?.contains("\n") == false)
        #expect(bench.result("b.js")?.hasPrefix("export const sum=(") == true)
        #expect(bench.result("b.js") == bench.result("c.mjs"))
    }

    @Test(.enabled(if: installed != nil, "minify is not installed"))
    func `what it does not understand is told with its place`() throws {
        let bench = try Bench(["a.js": "let a = 1;\nlet b = ;\n", "b.js": "let c = 1", "c.js": "if ("])
        defer { bench.remove() }
        let error = #expect(throws: MinifierFailure.self) {
            try Minifier(program: Self.installed).shorten(["a.js", "b.js", "c.js"], at: bench.path)
        }
        guard case .refused(let refusals)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(refusals.map(\.file).sorted() == ["a.js", "c.js"])
        let first = try #require(refusals.first { $0.file == "a.js" })
        #expect(first.line == 2 && first.column == 9 && first.problem == "unexpected ; in expression")
    }

    @Test(.enabled(if: installed != nil, "minify is not installed"))
    func `results depend on the program's version`() throws {
        #expect(try Minifier(program: Self.installed).recipe().contains(/^minify-v?[0-9.]+-1$/))
    }

    @Test func `a program that is not there is told`() throws {
        let error = #expect(throws: MinifierFailure.self) { try Minifier(program: nil).recipe() }
        #expect(error == .start("the program 'minify' is not in PATH"))
        let other = #expect(throws: MinifierFailure.self) {
            try Minifier(program: "/nowhere/minify").shorten(["a"], at: "/")
        }
        #expect(other == .start("'/nowhere/minify' cannot be started"))
    }

    @Test(arguments: ["echo v11.0.0", "echo minify v2; exit 1", "echo 'minify ../..'", "exit 0"])
    func `another program of that name is not used`(script: String) throws {
        let bench = try Bench([:])
        defer { bench.remove() }
        let error = #expect(throws: MinifierFailure.self) { try bench.minifier(script).recipe() }
        #expect(error == .start("'\(bench.path)/minify' is not the program that is meant"))
    }

    @Test func `a program that fails otherwise is told in its own words`() throws {
        let bench = try Bench([:])
        defer { bench.remove() }
        let said = "echo 'no disk' >&2; echo more; exit 3"
        let error = #expect(throws: MinifierFailure.self) {
            try bench.minifier(said).shorten(["a.js"], at: bench.path)
        }
        #expect(error == .broken("no disk"))
        let killed = #expect(throws: MinifierFailure.self) {
            try bench.minifier("kill -9 $$").shorten(["a.js"], at: bench.path)
        }
        #expect(killed == .broken("status -1"))
    }

    @Test func `a program that does not end is ended`() throws {
        let bench = try Bench([:])
        defer { bench.remove() }
        let error = #expect(throws: MinifierFailure.self) {
            try bench.minifier("exec sleep 600", patience: 0.2).shorten(["a.js"], at: bench.path)
        }
        #expect(error == .silent)
    }

    /// The environment of a build holds secrets.
    @Test func `the program is told nothing of the environment`() throws {
        let bench = try Bench([:])
        defer { bench.remove() }
        let error = #expect(throws: MinifierFailure.self) {
            try bench.minifier("echo \"<$HOME$USER>\"; exit 1").shorten(["a.js"], at: bench.path)
        }
        #expect(error == .broken("<>"))
    }
}
