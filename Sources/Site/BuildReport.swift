package import Ground

/// What a build has done, for its caller to show.
package struct BuildReport: Sendable, Encodable {
    /// The id of the release that is current now.
    package let release: String
    /// The release was current before: nothing has changed since.
    package let unchanged: Bool
    package let publicPages: Int
    package let privatePages: Int
    /// Files of content and of the theme that are served as they are.
    package let assets: Int
    /// Pages left out because they are drafts.
    package let drafts: Int
    /// Pages left out because their date has not come yet.
    package let future: Int
    /// Pages left out because they have expired.
    package let expired: Int
    package let milliseconds: Int
    /// Sorted by place.
    package let warnings: [Diagnostic]

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(release, forKey: .release)
        try container.encode(unchanged, forKey: .unchanged)
        try container.encode(publicPages, forKey: .publicPages)
        try container.encode(privatePages, forKey: .privatePages)
        try container.encode(assets, forKey: .assets)
        try container.encode(drafts, forKey: .drafts)
        try container.encode(future, forKey: .future)
        try container.encode(expired, forKey: .expired)
        try container.encode(milliseconds, forKey: .milliseconds)
        try container.encode(warnings.map(Warning.init), forKey: .warnings)
    }
}

extension BuildReport {
    private enum Key: String, CodingKey {
        case release, unchanged, publicPages, privatePages, assets, drafts, future, expired, milliseconds
        case warnings
    }

    private struct Warning: Encodable {
        let file: String
        let line: Int
        let column: Int
        let problem: String
        let advice: String?

        init(_ diagnostic: Diagnostic) {
            file = diagnostic.place.file
            line = diagnostic.place.line
            column = diagnostic.place.column
            problem = diagnostic.problem
            advice = diagnostic.advice
        }
    }
}

/// How far a build has come.
package struct BuildProgress: Sendable, Hashable {
    package let step: BuildStep
    /// Pages that this step has done with.
    package let done: Int
    /// Pages that this step has to do.
    package let total: Int
}
