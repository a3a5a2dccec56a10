import Foundation
import Ground

@testable import Site

extension FixtureSite {
    /// A site made of these texts, by their paths, with a theme of one layout and a `site.config` that says the least.
    init(writing files: [String: String], config: String = "") throws {
        try self.init(copyOf: "empty")
        try write(
            "title: Small\nurl: http://localhost:8080\ntheme: plain\n" + config,
            to: "site.config"
        )
        for (file, text) in files {
            let folder = "\(source)/\(file)".split(separator: "/").dropLast().joined(separator: "/")
            try FileManager.default.createDirectory(atPath: "/" + folder, withIntermediateDirectories: true)
            try write(text, to: file)
        }
    }

    /// What building says, or nothing where it succeeds.
    func problems(_ options: BuildOptions = BuildOptions(now: 1_764_000_000)) async throws -> String {
        do {
            return Diagnostics(try await build(options).warnings).description
        } catch let error as Diagnostics {
            return error.description
        }
    }

    /// A file of the current release as a text; nil where it is not there.
    func text(_ file: String) -> String? {
        FileManager.default.contents(atPath: "\(output)/current/\(file)").map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
