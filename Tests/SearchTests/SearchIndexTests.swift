import Foundation
import Testing

@testable import Search

struct SearchIndexTests {
    private func words(_ text: String) -> [String] {
        var words: [String] = []
        SearchWords.each(in: text) { words.append($0.folded) }
        return words
    }

    private func index(_ texts: [String], language: String = "en") throws -> [String: Any] {
        let documents = texts.enumerated().map { number, text in
            SearchDocument(
                address: "/\(number)/",
                title: "Page \(number)",
                parts: [SearchDocument.Part(anchor: "", heading: "", text: text)]
            )
        }
        var files: [String: Any] = [:]
        for file in SearchIndex(documents, language: language).files() {
            files[file.path] = try JSONSerialization.jsonObject(with: Data(file.bytes))
        }
        return files
    }

    /// The documents that a stem with this form is in, and its other forms.
    private func entry(_ form: String, in files: [String: Any]) throws -> (forms: String, documents: [Int])? {
        let shard = files["words/\(Lexicon.key(of: form)).json"] as? [[Any]] ?? []
        let entry = shard.first { ($0[1] as? String ?? "").split(separator: " ").contains(Substring(form)) }
        guard let entry, let numbers = entry[2] as? [Int] else { return nil }
        return (entry[1] as? String ?? "", stride(from: 0, to: numbers.count, by: 2).map { numbers[$0] })
    }

    @Test(arguments: [
        ("The gate's OPEN, isn't it?", ["the", "gate", "s", "open", "isn", "t", "it"]),
        ("Über naïve café", ["uber", "naive", "cafe"]), ("x86_64 v2.0", ["x86", "64", "v2", "0"]),
        ("門を開ける", ["門", "を", "開", "け", "る"]), ("", []), ("-- 🦢 --", []),
        (String(repeating: "a", count: 41) + " ok", ["ok"]),
    ])
    func `a text's words are compared in lower case and without accents`(text: String, expected: [String]) {
        #expect(words(text) == expected)
    }

    @Test
    func `each form of a stem finds the others`() throws {
        let files = try index(["He runs.", "Running is fun.", "They run.", "A fence."])
        for form in ["runs", "running", "run"] {
            let entry = try #require(try entry(form, in: files))
            #expect(entry.forms == "run running runs")
            #expect(entry.documents == [0, 1, 2])
        }
        #expect(try entry("ran", in: files) == nil)
    }

    @Test
    func `stems are those of the site's language`() throws {
        let files = try index(["Die Häuser", "Das Haus", "Ein Häuschen"], language: "de-CH")
        #expect(try entry("hauser", in: files)?.documents == [0, 1])
        #expect(try entry("haus", in: files)?.documents == [0, 1])
        let unknown = try index(["houses", "house"], language: "tlh")
        #expect(try entry("houses", in: unknown)?.documents == [0])
    }

    @Test
    func `a title counts more than a text, and a short text more than a long one`() throws {
        let filler = String(repeating: "other words fill this text ", count: 40)
        let documents = [
            SearchDocument(
                address: "/a/",
                title: "X",
                parts: [.init(anchor: "", heading: "", text: filler + "gate")]
            ),
            SearchDocument(
                address: "/b/",
                title: "Gate",
                parts: [.init(anchor: "", heading: "", text: filler)]
            ),
            SearchDocument(
                address: "/c/",
                title: "X",
                parts: [.init(anchor: "", heading: "", text: "A gate.")]
            ),
        ]
        let file = try #require(
            SearchIndex(documents, language: "en").files().first { $0.path == "words/ga.json" }
        )
        let shard = try #require(try JSONSerialization.jsonObject(with: Data(file.bytes)) as? [[Any]])
        let numbers = try #require(shard[0][2] as? [Int])
        let scores = Dictionary(
            uniqueKeysWithValues: stride(from: 0, to: 6, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
        )
        #expect(scores[1]! > scores[0]! && scores[2]! > scores[0]!)
    }

    @Test
    func `documents lie in files of eight, and the index says how many there are`() throws {
        let files = try index((0..<20).map { "text \($0)" })
        #expect(
            files.keys.filter { $0.hasPrefix("documents/") }.sorted()
                == (0..<3).map { "documents/\($0).json" }
        )
        let index = try #require(files["index.json"] as? [String: Any])
        #expect(index["documents"] as? Int == 20 && index["chunk"] as? Int == 8)
        let shards = try #require(index["words"] as? [String])
        #expect(Set(shards.map { "words/\($0).json" }) == Set(files.keys.filter { $0.hasPrefix("words/") }))
    }

    @Test
    func `the same documents give the same bytes, and no text breaks out of its JSON`() throws {
        let texts = ["\"quotes\" \\ and </script>\n\u{1}\u{2028}", "中文 naïve"]
        let documents = texts.map {
            SearchDocument(address: "/", title: $0, parts: [.init(anchor: "a", heading: $0, text: $0)])
        }
        let first = SearchIndex(documents, language: "en").files()
        let second = SearchIndex(documents, language: "en").files()
        #expect(first.map(\.bytes) == second.map(\.bytes))
        for file in first {
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(file.bytes)) }
            #expect(!file.bytes.contains(UInt8(ascii: "<")))
        }
    }

    @Test
    func `an empty site has an empty index`() throws {
        let files = try index([])
        #expect(files.keys.sorted() == ["index.json"])
    }
}
