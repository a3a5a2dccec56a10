import Foundation
import Testing

@testable import Search

struct SearchIndexTests {
    private static func document(_ title: String, _ text: String, heading: String = "") -> SearchDocument {
        SearchDocument(
            address: "/\(title)/",
            title: title,
            parts: [SearchDocument.Part(anchor: "a", heading: Array(heading.utf8), text: Array(text.utf8))]
        )
    }

    private static func index(_ texts: [String], language: String = "en", parts: Int = 1) -> SearchIndex {
        let documents = texts.map { document("", $0) }
        let size = max(1, (documents.count + parts - 1) / parts)
        return SearchIndex(
            stride(from: 0, to: documents.count, by: size).map {
                SearchTally(
                    Array(documents[$0..<min($0 + size, documents.count)]),
                    language: language
                )
            }
        )
    }

    private typealias Row = (forms: String, scores: [Int: Int])

    /// The rows of a file: the spellings of each stem, and the scores by document.
    private static func rows(_ file: Int, of index: SearchIndex) throws -> [Row] {
        let rows = try JSONSerialization.jsonObject(with: Data(index.file(file))) as? [[Any]] ?? []
        return try rows.map { row in
            let numbers = try #require(row[1] as? [Int])
            var scores: [Int: Int] = [:]
            var document = 0
            for place in stride(from: 0, to: numbers.count, by: 2) {
                document += numbers[place]
                scores[document] = numbers[place + 1]
            }
            return (try #require(row[0] as? String), scores)
        }
    }

    /// The file in which a browser looks for a word.
    private static func file(for form: String, of index: SearchIndex) -> Int? {
        index.firstWords.lastIndex { !form.utf16.lexicographicallyPrecedes($0.utf16) }
    }

    /// What a browser finds for a whole word.
    private static func find(_ form: String, in index: SearchIndex) throws -> Row? {
        guard let file = file(for: form, of: index) else { return nil }
        return try rows(file, of: index).first { $0.forms.split(separator: " ").contains(Substring(form)) }
    }

    @Test(arguments: [1, 2, 4])
    func `each form of a stem finds the others, in however many parts the documents are counted`(parts: Int)
        throws
    {
        let index = Self.index(["He runs.", "Running is fun.", "They run.", "A fence."], parts: parts)
        for form in ["runs", "running", "run"] {
            let found = try #require(try Self.find(form, in: index))
            #expect(found.forms == "run running runs")
            #expect(found.scores.keys.sorted() == [0, 1, 2])
        }
        #expect(try Self.find("ran", in: index) == nil)
    }

    @Test
    func `stems are those of the site's language, and an unknown one has none`() throws {
        let index = Self.index(["Die Häuser", "Das Haus", "Ein Häuschen"], language: "de-CH")
        #expect(try Self.find("hauser", in: index)?.scores.keys.sorted() == [0, 1])
        #expect(try Self.find("haus", in: index)?.scores.keys.sorted() == [0, 1])
        let unknown = Self.index(["houses", "house"], language: "tlh")
        #expect(try Self.find("houses", in: unknown)?.scores.keys.sorted() == [0])
    }

    @Test
    func `a title counts more than a heading, that more than a text, and a short text more than a long one`()
        throws
    {
        let filler = String(repeating: "other words fill this text ", count: 40)
        let index = SearchIndex([
            SearchTally(
                [
                    Self.document("Boat", filler + String(repeating: "gate ", count: 200)),
                    Self.document("Gate", filler),
                    Self.document("Oar", filler, heading: "The gate"),
                    Self.document("Sail", "A gate."), Self.document("Rope", filler + "gate"),
                    Self.document("The gate of the old town wall", filler),
                ],
                language: "en"
            )
        ])
        let scores = try #require(try Self.find("gate", in: index)?.scores)
        let order = scores.sorted { $0.value > $1.value }.map(\.key)
        #expect(Array(order.prefix(2)) == [1, 5])
        #expect(scores[3]! > scores[4]! && scores[2]! > scores[4]!)
    }

    @Test
    func `every word is found in the file in whose part of the alphabet it is, however many files there are`()
        throws
    {
        // Stems whose forms lie far apart, and words beyond ASCII.
        let words = (0..<3000).map { number in
            let letters = String(number, radix: 26).unicodeScalars.map {
                Character(Unicode.Scalar(UInt8($0.value < 0x3a ? $0.value + 0x31 : $0.value)))
            }
            return String(letters) + (number % 3 == 0 ? "ï" : number % 3 == 1 ? "𠀀ｱ" : "ly") + "\(number)"
        }
        let texts = (0..<40).map { start in
            words.enumerated().filter { $0.offset % 40 <= start }.map(\.element).joined(separator: " ")
        }
        let index = Self.index(texts, parts: 3)
        #expect(index.fileCount > 3)
        #expect(
            index.firstWords.map { Array($0.utf16) }
                == index.firstWords.map { Array($0.utf16) }.sorted { $0.lexicographicallyPrecedes($1) }
        )
        let spellings = try (0..<index.fileCount).map { file in
            Set(try Self.rows(file, of: index).flatMap { $0.forms.split(separator: " ").map(String.init) })
        }
        for word in Set(words.flatMap(SearchWords.compared)) {
            let file = try #require(Self.file(for: word, of: index))
            #expect(spellings[file].contains(word), "\(word)")
        }
    }

    @Test
    func `no text breaks out of its JSON`() throws {
        let text = "\"quotes\" \\ and </script>\n\u{1}\u{2028}\u{1f} 中文 naïve"
        let json = SearchDocument.json(of: [Self.document(text, text, heading: text)])
        #expect(!json.contains(UInt8(ascii: "<")))
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [[Any]])
        #expect(rows[0][1] as? String == text)
        #expect(rows[0][2] as? [[String]] == [["a", text, text]])
    }

    @Test
    func `no documents give no files`() {
        let index = SearchIndex([])
        #expect(index.fileCount == 0 && index.documents == 0 && index.firstWords.isEmpty)
    }
}
