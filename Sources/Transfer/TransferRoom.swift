enum TransferRoom {}
