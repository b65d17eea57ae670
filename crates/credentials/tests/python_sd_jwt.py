"""The other side of the cross-check with the PyPI package `sd-jwt`: see python_sd_jwt.rs.

`verify` reads a presentation of ours from standard input and prints what it says; `present` makes keys, a pass and a
presentation of its own and prints them. Both speak JSON.
"""

import json
import sys
import time

from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

AUDIENCE = "urn:hetao:gate"
NONCE = "made-by-python"


def verify():
    given = json.load(sys.stdin)
    issuer = JWK.from_json(json.dumps(given["issuer_jwk"]))
    verifier = SDJWTVerifier(
        given["presentation"], lambda _issuer, _header: issuer, given["audience"], given["nonce"]
    )
    json.dump(verifier.get_verified_payload(), sys.stdout)


def present():
    issuer, holder = (JWK.generate(kty="EC", crv="P-256") for _ in range(2))
    now = int(time.time())
    claims = {
        "iss": "https://pass.hetao.example",
        "vct": "https://pass.hetao.example/types/commuter",
        "iat": now,
        "nbf": now,
        "exp": now + 3600,
        "permit": "T-7",
        "kind": "commuter",
        "status": {"status_list": {"idx": 7, "uri": "https://pass.hetao.example/status/1"}},
        SDObj("name"): "陳大文",
        SDObj("employer"): {"id": "O-7"},
    }
    pass_issued = SDJWTIssuer(
        claims,
        issuer,
        holder,
        add_decoy_claims=False,
        extra_header_parameters={"typ": "dc+sd-jwt", "kid": "python-1"},
    )
    wallet = SDJWTHolder(pass_issued.sd_jwt_issuance)
    wallet.create_presentation({"name": True}, NONCE, AUDIENCE, holder)
    json.dump(
        {
            "issuer_jwk": issuer.export_public(as_dict=True),
            "presentation": wallet.sd_jwt_presentation,
            "now": now,
        },
        sys.stdout,
    )


{"verify": verify, "present": present}[sys.argv[1]]()
