import Foundation

/// What lies outside the repository and only some machines have; tests that need it say so when they are skipped.
enum Outside {
    /// A Python with the packages `appwrite` and `jsonschema`.
    static let python = ProcessInfo.processInfo.environment["GATEHOUSE_SDK_PYTHON"]
    /// An OpenAPI file of Appwrite.
    static let schema = ProcessInfo.processInfo.environment["GATEHOUSE_APPWRITE_SCHEMA"]
}
