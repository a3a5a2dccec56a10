import Foundation

/// What lies outside the repository and only some machines have; tests that need it say so when they are skipped.
enum Outside {
    /// A Python with the packages `appwrite` and `jsonschema`.
    static let python = named("GATEHOUSE_SDK_PYTHON")

    private static func named(_ variable: String) -> String? {
        ProcessInfo.processInfo.environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }
}
