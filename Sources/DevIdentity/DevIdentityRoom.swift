enum DevIdentityRoom {}
