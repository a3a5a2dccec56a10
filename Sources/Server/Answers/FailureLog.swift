import Appwrite
import FoundationEssentials
import Gate
import Logging

/// Tells the log why Appwrite said no; an operator's mistake loudly.
struct FailureLog: Sendable {
    private let logger: Logger
    /// While Appwrite is down every visitor meets the same failure; one line a minute says it.
    private let repetitions: RateLimiter

    init(_ logger: Logger, now: @escaping @Sendable () -> Date) {
        self.logger = logger
        repetitions = RateLimiter(RateLimit(1, perSeconds: 60), now: now)
    }

    /// Tells of a failure that ended what one request was about.
    func note(_ failure: AppwriteFailure, _ what: Logger.Message, _ metadata: Logger.Metadata = [:]) {
        logger.log(
            level: failure.level,
            what,
            metadata: metadata.merging(["cause": "\(failure)"]) { own, _ in own }
        )
    }

    /// Tells of a failure that many requests share, at most once a minute for each `what` and cause.
    func noteOnce(_ failure: AppwriteFailure, _ what: Logger.Message) {
        if repetitions.take("\(what) \(failure)").isAllowed { note(failure, what) }
    }
}

extension AppwriteFailure {
    fileprivate var level: Logger.Level {
        switch self {
        case .emptySecret, .keyRefused, .projectNotFound, .originRefused: .error
        case .unavailable, .unexpected: .warning
        default: .info
        }
    }
}
