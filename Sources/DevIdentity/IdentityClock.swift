import FoundationEssentials

/// What the service takes the time from.
package struct IdentityClock: Sendable {
    package let now: @Sendable () -> Moment

    package init(now: @escaping @Sendable () -> Moment) {
        self.now = now
    }

    /// The clock of this machine.
    package static let system = IdentityClock {
        Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
