import Ground
import Settings
import Theme

/// The files below `data`, for templates: `data/board/people.yaml` is `data.board.people`.
///
/// They have no visibility of their own: what a template prints of them is as open as the page it prints.
struct SiteData {
    private(set) var value: [String: TemplateValue] = [:]
    private(set) var problems: [Diagnostic] = []

    /// Reads a folder; one that is not there holds nothing.
    init(folder: String) {
        guard Folder.kind(of: folder) != nil else { return }
        value = table(folder, "data")
    }
}

extension SiteData {
    /// Of one file, in bytes: what is read takes some times as much memory.
    private static let longest = 16 << 20

    private mutating func table(_ folder: String, _ shownAs: String) -> [String: TemplateValue] {
        var values: [String: TemplateValue] = [:]
        do throws(BuildFailure) {
            for entry in try Folder(path: folder).entries() {
                guard let name = String(validating: entry.name, as: UTF8.self), !name.hasPrefix("."),
                    !name.hasSuffix("~")
                else { continue }
                let place = "\(shownAs)/\(name)"
                let key: String
                let value: TemplateValue?
                switch entry.kind {
                case .folder: (key, value) = (name, .table(table("\(folder)/\(name)", place)))
                case .file: (key, value) = file(name, "\(folder)/\(name)", place)
                // Not followed, as in content: it could lead anywhere.
                case .link, .other: (key, value) = (name, refuse(place, "neither a file nor a folder"))
                }
                guard let value else { continue }
                if values.updateValue(value, forKey: key) != nil {
                    problems.append(
                        Diagnostic(at: Place(file: place), "there are two data files of the name '\(key)'")
                    )
                }
            }
        } catch {
            problems.append(Diagnostic(at: Place(file: shownAs), "\(error)"))
        }
        return values
    }

    private mutating func file(_ name: String, _ location: String, _ shownAs: String) -> (
        String, TemplateValue?
    ) {
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        let key = String(name[..<dot])
        let bytes: [UInt8]
        do {
            let open = try OpenFile(reading: location)
            guard open.size <= Self.longest else {
                let advice = "part it into several, which templates read by their names"
                return (key, refuse(shownAs, "this file is larger than \(Self.longest >> 20) MB", advice))
            }
            bytes = try open.readAll()
        } catch {
            return (key, refuse(shownAs, "cannot be read: \(error)"))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return (key, refuse(shownAs, "this is not UTF-8"))
        }
        do throws(Diagnostics) {
            switch name[dot...].lowercased() {
            case ".yaml", ".yml": return (key, try Self.value(text, .yaml, shownAs))
            case ".json": return (key, try Self.value(text, .json, shownAs))
            case ".toml": return (key, try Self.value(text, .toml, shownAs))
            case ".csv": return (key, try CSVTable(text, file: shownAs).value)
            default:
                return (key, refuse(shownAs, "a data file must be called .yaml, .json, .toml or .csv"))
            }
        } catch {
            problems += error.all
            return (key, nil)
        }
    }

    private static func value(_ text: String, _ format: SourceText.Format, _ file: String) throws(Diagnostics)
        -> TemplateValue
    {
        FrontMatter.template(try DataText.value(of: text, format, file: file, longest: longest))
            ?? .table([:])
    }

    private mutating func refuse(_ file: String, _ problem: String, _ advice: String? = nil) -> TemplateValue?
    {
        problems.append(Diagnostic(at: Place(file: file), problem, advice: advice))
        return nil
    }
}
