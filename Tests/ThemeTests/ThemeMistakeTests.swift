import FoundationEssentials
import Glibc
import Testing
import Theme

struct ThemeMistakeTests {
    @Test(arguments: [
        ("a\n {{#x}}\nb", ":2:2: error: '{{#x}}' is never closed\n    add '{{/x}}'"),
        ("{{#x}}\n\n{{/y}}", ":3:1: error: '{{/y}}' does not close '{{#x}}' of line 1\n    write '{{/x}}'"),
        ("é {{/y}}", ":1:3: error: '{{/y}}' closes nothing"),
        ("{{! a\n{{#x}} }}", ""),
        ("{{ x", ":1:1: error: this tag never ends\n    close it with '}}'"),
        ("{{{ x }}", ":1:1: error: this tag never ends\n    close it with '}}}'"),
        ("\n{{a b}}", ":2:5: error: this tag is not understood: unfinishedName"),
        (
            "{{% CONTENT_TYPE: TEXT}}",
            ":1:1: error: '{{% CONTENT_TYPE: TEXT}}' is not for themes\n    write plain '{{ }}' tags"
        ),
        ("{{=<% %>=}}", ":1:1: error: '{{=<% %>=}}' is not for themes\n    write plain '{{ }}' tags"),
        ("{{#firts()}}{{/firts()}}", ":1:1: error: unknown function 'firts'\n    did you mean 'first'?"),
        (
            "\n{{size(pages)}}",
            ":2:1: error: unknown function 'size'\n    known here: count, empty, even, first, index, last, odd"
        ),
        (
            "{{^empty(pages)}}{{words.x(a.b)}}{{#even(plusone(index()))}}{{/even(plusone(index()))}}{{/empty(pages)}}",
            ""
        ),
        ("{{> *name}}", ":1:1: error: a partial must be named, not computed: '{{> *name}}'"),
        ("{{> hed}}", ":1:1: error: there is no partial 'hed'\n    did you mean 'head'?"),
        ("{{> layouts/page}}", ":1:1: error: '{{> layouts/page}}' includes itself, and would never end"),
        (
            "{{< head}}{{$b}}{{$b}}{{/b}}{{/b}}{{/head}}",
            ":1:17: error: '{{$b}}' includes itself, and would never end"
        ),
    ])
    func `a mistake is told with its place`(template: String, expected: String) throws {
        let theme = try ThemeOnDisk([
            "layouts/page.mustache": template, "partials/head.mustache": "{{$b}}{{/b}}",
        ])
        #expect(theme.problems() == (expected.isEmpty ? "" : "themes/small/layouts/page.mustache" + expected))
    }

    @Test func `a circle of partials is told once where it closes`() throws {
        let theme = try ThemeOnDisk([
            "layouts/page.mustache": "{{> a}}", "partials/a.mustache": "{{#x}}{{> b}}{{/x}}",
            "partials/b.mustache": "\n{{> a}}",
        ])
        #expect(
            theme.problems()
                == "themes/small/partials/b.mustache:2:1: error: '{{> a}}' includes itself, and would never end"
        )
    }

    @Test func `templates that include others twice are refused where that comes to too many`() throws {
        func theme(_ depth: Int) throws -> ThemeOnDisk {
            var files = ["layouts/page.mustache": "{{> p0}}", "partials/p\(depth).mustache": "x"]
            for number in 0..<depth {
                files["partials/p\(number).mustache"] = "{{> p\(number + 1)}}\n{{> p\(number + 1)}}"
            }
            return try ThemeOnDisk(files)
        }
        #expect(try theme(15).problems() == "")
        #expect(
            try theme(28).problems() == """
                themes/small/partials/p12.mustache:1:1: error: '{{> p13}}' comes to more than 100000 inclusions
                    partials that include each other twice and more make pages without end
                """
        )
    }

    @Test func `a filling that includes the block it fills is a circle`() throws {
        let theme = try ThemeOnDisk([
            "layouts/page.mustache": "{{< base}}{{$a}}{{> x}}{{/a}}{{/base}}",
            "partials/base.mustache": "{{$a}}{{/a}}",
            "partials/x.mustache": "{{$a}}{{/a}}",
        ])
        #expect(theme.problems().contains("includes itself"))
    }

    @Test func `all mistakes of all templates are told`() throws {
        let theme = try ThemeOnDisk([
            "layouts/page.mustache": "{{#x}}", "partials/a.mustache": "{{#y}}",
            "server/status.mustache": "\u{0}{{",
        ])
        #expect(theme.problems().split(separator: "\n").filter { $0.contains("error:") }.count == 3)
    }

    @Test func `a theme that is not there, and what is no plain file, is refused`() throws {
        #expect(throws: (any Error).self) { try Theme.load(folder: "/nowhere", shownAs: "themes/nowhere") }
        let theme = try ThemeOnDisk(["layouts/page.mustache": ""])
        try FileManager.default.createSymbolicLink(
            atPath: theme.folder + "/layouts/link.mustache",
            withDestinationPath: "page.mustache"
        )
        #expect(
            theme.problems()
                == "themes/small/layouts/link.mustache: error: a theme holds plain files and folders only"
        )
    }

    /// A theme's assets are public; a link in their place would publish whatever it names.
    @Test(arguments: ["assets", "layouts", "partials", "server"])
    func `a part of a theme that is a link or a file is refused`(part: String) throws {
        let theme = try ThemeOnDisk(["other/x.css": ""])
        let expected = "themes/small/\(part): error: this part of a theme must be a folder"
        for target in ["other", "../content/members", "nowhere"] {
            let link = theme.folder + "/" + part
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
            #expect(theme.problems() == expected)
            try FileManager.default.removeItem(atPath: link)
        }
        try Data().write(to: URL(filePath: theme.folder + "/" + part))
        #expect(theme.problems() == expected)
    }

    @Test func `a template that no memory could hold is refused unread`() throws {
        let theme = try ThemeOnDisk(["layouts/page.mustache": ""])
        #expect(truncate(theme.folder + "/layouts/page.mustache", 64 << 30) == 0)
        #expect(
            theme.problems()
                == "themes/small/layouts/page.mustache: error: the template is larger than 16 MB"
        )
    }

    @Test func `a template that is not UTF-8 is refused`() throws {
        let theme = try ThemeOnDisk(["layouts/page.mustache": ""])
        try Data([0x61, 0xff]).write(to: URL(filePath: theme.folder + "/layouts/page.mustache"))
        #expect(theme.problems() == "themes/small/layouts/page.mustache: error: the template is not UTF-8")
    }
}
