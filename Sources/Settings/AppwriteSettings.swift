/// `appwrite`: the project that knows who is who.
package struct AppwriteSettings: Hashable, Sendable {
    /// `endpoint`: where the REST API begins, such as `https://fra.cloud.appwrite.io/v1`; without a closing slash.
    package var endpoint: String
    /// `project`: the project's id.
    package var project: String
    /// `key`: where the API key comes from; never the key itself.
    package var key: SecretSetting

    package init(endpoint: String, project: String, key: SecretSetting) {
        self.endpoint = endpoint
        self.project = project
        self.key = key
    }
}
