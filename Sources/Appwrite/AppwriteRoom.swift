enum AppwriteRoom {}
