import Foundation
import Testing
import Theme

@testable import Site

struct BenchmarkThemeTests {
    @Test func `the site that is measured has every template that a site must have`() throws {
        let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = project.appending(path: "Benchmarks/gatehouse/themes/plain").path
        let theme = try Theme.load(folder: folder, shownAs: "themes/plain")
        let missing = Theme.serverTemplates.filter { !theme.has("server/\($0)") }
        #expect(missing.isEmpty)
    }
}
