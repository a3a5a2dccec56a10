import Ground
import Hooks
import Logging
import Settings
import Transfer

extension AuthEvents {
    /// Opens what events are kept in; throws `HookFailure` where that cannot be written to.
    convenience init(_ options: ServerOptions, transfer: TransferClient, logger: Logger) throws(HookFailure) {
        var outlets: [Outlet] = []
        for (settings, secrets) in options.webhooks {
            let hook = Webhook(settings, secrets: secrets, transfer: transfer, now: options.now)
            // What is only asked keeps nothing.
            let isTold = settings.events != [.authorize]
            let spool = isTold ? try Spool(folder: "\(options.state)/hooks/\(settings.name)") : nil
            outlets.append(Outlet(hook, spool: spool))
        }
        var audit: AuditLog?
        if let file = options.audit { audit = try AuditLog(file: file, logger: logger) }
        self.init(audit: audit, outlets: outlets, hooks: options.hooks, logger: logger, now: options.now)
    }
}
