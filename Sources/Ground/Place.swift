/// Where in the author's files something stands.
package struct Place: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The file, relative to the site's folder, with `/` between parts.
    package let file: String
    /// Counted from 1; 0 where the whole file is meant.
    package let line: Int
    /// Counted from 1 in characters; 0 where the whole line or file is meant.
    package let column: Int

    package init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column` as compilers print it, without the parts that are 0.
    package var description: String {
        if line == 0 { return file }
        return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
    }

    package static func < (left: Place, right: Place) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}
