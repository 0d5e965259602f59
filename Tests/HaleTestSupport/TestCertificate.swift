/// A certificate for 127.0.0.1 and localhost that signed itself: made for tests alone, and trusted by nobody who is not told.
package enum TestCertificate {
    package static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdaZv9QRwX5nXObpY
        rimOeFDW7bdn8DIhpkUDnVA/BS6hRANCAAT+OEg984PhyZhlnajtUfcJxVooF47G
        A6BTrB8qtJTr72zR0IcrMD7Px5Ppipq4VT954yCnisLjHuy2rEnCH+ZH
        -----END PRIVATE KEY-----
        """

    package static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBmzCCAUGgAwIBAgIUCRaZD5kmNhVjzCiTsq9Pgk3ZDUgwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEzMDE1NTEyOFoYDzIxMjYxMTA2
        MTU1MTI4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAT+OEg984PhyZhlnajtUfcJxVooF47GA6BTrB8qtJTr72zR0IcrMD7P
        x5Ppipq4VT954yCnisLjHuy2rEnCH+ZHo28wbTAdBgNVHQ4EFgQUbw1ddSgc8FKn
        qWw2hQW7x1WWlMYwHwYDVR0jBBgwFoAUbw1ddSgc8FKnqWw2hQW7x1WWlMYwDwYD
        VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
        zj0EAwIDSAAwRQIgEYI+Pc9sD5AhIjQbDnLnbLRBD/IJdysEbM9p8CIJ/UsCIQCG
        o93RTFCiShzJMaVySmt9Dhuf3gMqSOj8AnPVs+mt9Q==
        -----END CERTIFICATE-----
        """
}
