import FoundationEssentials

/// Writes files that are not there yet.
struct FreshFiles {
    let folder: String

    /// Makes the folders that are missing; throws where the file is there.
    func write(_ bytes: [UInt8], to path: String) throws {
        let place = URL(filePath: "\(folder)/\(path)")
        do {
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(bytes).write(to: place, options: .withoutOverwriting)
        } catch let error as CocoaError {
            throw Ending(.environment, "error: cannot write '\(folder)/\(path)': \(reason(error))")
        }
    }

    func write(_ files: [(path: String, bytes: [UInt8])], below part: String) throws {
        for file in files { try write(file.bytes, to: "\(part)/\(file.path)") }
    }

    private func reason(_ error: CocoaError) -> String {
        switch error.code {
        case .fileWriteFileExists: "it is there already"
        case .fileWriteNoPermission: "this user may not write there"
        case .fileWriteOutOfSpace: "no space is left"
        default: "\(error)"
        }
    }
}
