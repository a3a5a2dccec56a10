import Ground
import Theme

/// A table of values parted by commas, whose first line names the columns (RFC 4180).
struct CSVTable {
    /// A list of tables of texts.
    let value: TemplateValue

    init(_ text: String, file: String) throws(Diagnostics) {
        var records = try Self.records(text, file: file)
        guard !records.isEmpty else {
            value = .list([])
            return
        }
        let names = records.removeFirst().fields
        var problems: [Diagnostic] = []
        for (position, name) in names.enumerated() where names[..<position].contains(name) || name.isEmpty {
            problems.append(
                Diagnostic(
                    at: Place(file: file, line: 1, column: 1),
                    name.isEmpty ? "a column has no name" : "two columns are called '\(name)'"
                )
            )
        }
        for record in records where record.fields.count != names.count {
            problems.append(
                Diagnostic(
                    at: Place(file: file, line: record.line, column: 1),
                    "\(record.fields.count) values in \(names.count) columns"
                )
            )
        }
        guard problems.isEmpty else { throw Diagnostics(problems) }
        value = .list(
            records.map { record in
                .table(Dictionary(uniqueKeysWithValues: zip(names, record.fields.map(TemplateValue.text))))
            }
        )
    }
}

extension CSVTable {
    private struct Record {
        let line: Int
        var fields: [String] = []
    }

    private static func records(_ text: String, file: String) throws(Diagnostics) -> [Record] {
        let scalars = Array(text.unicodeScalars.drop { $0 == "\u{feff}" }) + ["\n"]
        var records: [Record] = []
        var record = Record(line: 1)
        var field = String.UnicodeScalarView()
        var line = 1
        var quotedSince: Int?
        var position = 0
        while position < scalars.count {
            let scalar = scalars[position]
            position += 1
            if scalar == "\n" { line += 1 }
            if quotedSince != nil {
                if scalar != "\"" {
                    field.append(scalar)
                } else if position < scalars.count, scalars[position] == "\"" {
                    field.append(scalar)
                    position += 1
                } else {
                    quotedSince = nil
                }
                continue
            }
            switch scalar {
            case "\"" where field.isEmpty: quotedSince = line
            case ",":
                record.fields.append(String(field))
                field = .init()
            case "\r" where scalars[position] == "\n": break
            case "\n":
                // A blank line, as at the end, is no record.
                if !record.fields.isEmpty || !field.isEmpty {
                    record.fields.append(String(field))
                    records.append(record)
                }
                record = Record(line: line)
                field = .init()
            default: field.append(scalar)
            }
        }
        if let quotedSince {
            let place = Place(file: file, line: quotedSince, column: 1)
            throw Diagnostics([Diagnostic(at: place, "a value in quotes that begins here never ends")])
        }
        return records
    }
}
