import CCurl
import Glibc

/// Gives a loop its thread.
///
/// The thread is nobody's to join: `shutdown` waits for the loop's own word instead.
enum LoopThread {
    static func start(_ loop: sending TransferLoop) throws(TransferFailure) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        // Released by the thread's `takeRetainedValue`, or below where there is no thread.
        let context = Unmanaged.passRetained(loop)
        var thread = pthread_t()
        let code = pthread_create(&thread, &attributes, work, context.toOpaque())
        guard code == 0 else {
            context.release()
            throw .unreachable("the system has no thread to spare")
        }
    }

    private static let work: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
        context in
        blockSignals()
        if let context { Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run() }
        return nil
    }

    /// Leaves all signals to the threads that expect them.
    ///
    /// Writing to a closed connection raises SIGPIPE in the thread that writes, and under CURLOPT_NOSIGNAL libcurl does
    /// nothing about it.
    private static func blockSignals() {
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
