"""Words that whoever guesses passwords tries first, in about the order in which they do."""

_TRIED = """
password passwort passw0rd qwerty qwertz azerty letmein welcome iloveyou admin administrator
login access master monkey dragon football baseball basketball soccer rugby cricket netball
superman batman spiderman pokemon starwars princess sunshine shadow michael jennifer jordan
hunter ranger buster thomas robert daniel andrew joshua matthew anthony jessica ashley nicole
charlie george harley hannah samantha william maggie ginger pepper cookie summer winter spring
autumn january february march april june july august september october november december monday
tuesday wednesday thursday friday saturday sunday secret freedom whatever trustno1 computer
internet google facebook windows microsoft apple samsung iphone android killer hello hockey
jackson corvette mustang ferrari porsche mercedes toyota yamaha diamond silver golden purple
orange yellow black white green chicken banana chocolate cheese pizza coffee flower butterfly
lovely loveme lover angel heaven jesus christ blessed family mother father brother sister
friends forever default changeme change test tester testing guest user root temp temporary
office clinic hospital medical doctor nurse patient patients health practice surgery reception
records chartroom photos images camera printer scanner dental pharmacy ward emergency
newzealand aotearoa allblacks kiaora kiwi auckland wellington christchurch hamilton tauranga
dunedin australia sydney melbourne england london america canada
correcthorsebatterystaple opensesame abracadabra zaq12wsx asdfgh zxcvbn qazwsx 1q2w3e4r
1qaz2wsx aaaa1111 abcd1234 abc123 a1b2c3d4 123abc pass1234 qwe123 p@ssword
"""
COMMON = tuple(_TRIED.split())
"""Lower case, most tried first."""
