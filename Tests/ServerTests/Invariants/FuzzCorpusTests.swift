import Foundation
import FuzzProperties
import Testing

struct FuzzCorpusTests {
    @Test(arguments: StrangersText.allCases)
    func `no parser breaks on what was kept of the fuzzer's input`(parser: StrangersText) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/fuzz/\(parser.rawValue).txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("# ") }
        #expect(lines.count > 2)
        for line in lines {
            let bytes = try #require(EscapedLine.bytes(of: line), "no such escape: \(line)")
            #expect(parser.flaw(of: bytes) == nil, "\(line)")
        }
    }
}
