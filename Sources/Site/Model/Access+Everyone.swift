import Gate
import Ground

extension Access {
    /// That of what a guest may see.
    static let everyone = Access(visibility: .public, requirements: [], place: Place(file: ""))
}
