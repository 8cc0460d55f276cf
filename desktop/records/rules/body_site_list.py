"""The list that `body_sites` reads: a code a line, then its names, the first as it is shown.

Each code was read in CID 4031, 4 or 4029 of DICOM PS3.16. Where those give a region and its skin,
the region stands here; parts of a surface are the skin's. Names of Māori are everyday words.
"""

PAIRED = """
14975008 forearm, lower arm
85562004 hand, ringa, ringaringa
56459004 foot
30021000 lower leg
40983000 upper arm
68367000 thigh, upper leg, kūhā
53120007 arm, upper limb
61685007 leg, lower limb, waewae
72696002 knee, turi
16953009 elbow, elbow joint, tuke
16982005 shoulder, pokohiwi, pakihiwi
70258002 ankle, ankle joint
74670003 wrist, wrist joint
7569003 finger, matimati
76505004 thumb, kōnui
29707007 toe
29836001 hip, hope
117590005 ear, taringa
81745001 eye, karu
371398005 eye region, around the eye, periorbital region
80243003 eyelid
41310005 upper eyelid
40069000 lower eyelid
367577003 eyebrow, brow
85803001 eyelash
28726007 cornea
41296002 iris
18619003 white of the eye, sclera
5665001 retina
27887005 inner corner of the eye, medial canthus
37671003 outer corner of the eye, lateral canthus
60819002 cheek, pāpāringa
16621002 temple, temporal region
244097004 jawline
68598004 wing of nose, ala nasi, nostril
314395006 side of nose
37108007 nasolabial fold
2059009 ear lobe, earlobe
79313003 helix, rim of the ear
79502000 tragus
86409001 ear canal, external auditory canal
24483006 behind the ear, postauricular region
86719006 in front of the ear, preauricular region
5272005 side of neck, lateral neck
77621008 supraclavicular region, above the collarbone
66288003 infraclavicular region, below the collarbone
51299004 collarbone, clavicle
79601000 shoulder blade, scapula
91470000 armpit, axilla, kēkē
76752008 breast, ū
54468004 nipple
72005009 areola
58602004 flank
39687006 groin, inguinal region
46862004 buttock, gluteal region
63029009 gluteal fold
45981001 front of the upper arm, anterior upper arm
72939005 back of the upper arm, posterior upper arm
17957002 inner elbow, antecubital fossa, crook of the elbow
181536004 point of the elbow, back of the elbow, posterior elbow
70559009 front of the forearm, anterior forearm, volar forearm
41550009 back of the forearm, posterior forearm, dorsal forearm
24527008 palm side of the wrist, volar wrist
52876008 back of the wrist, dorsal wrist
70887009 palm, palm of the hand
281642007 back of the hand, dorsum of the hand
26795005 ball of the thumb, thenar region
89784008 heel of the hand, hypothenar region
770809003 fingernail, nail of a finger, maikuku
770810008 thumbnail, nail of the thumb
770815003 nail of the index finger
770816002 nail of the middle finger
770817006 nail of the ring finger
770818001 nail of the little finger
61248009 front of the thigh, anterior thigh
4578000 back of the thigh, posterior thigh
73958006 inner thigh, medial thigh
181553006 front of the knee, anterior knee
32361000 back of the knee, popliteal fossa
64234005 kneecap, patella
25763004 shin, front of the lower leg, anterior lower leg
47224004 calf, back of the lower leg, posterior lower leg, ateate
181563003 inner ankle, medial ankle
181564009 outer ankle, lateral ankle
84607009 heel, rekereke
770805009 toenail, nail of a toe
770822006 nail of the big toe, nail of the great toe
45289007 parotid gland
"""

UNPAIRED = """
69536005 head, upoko, māhunga
89545001 face, kanohi
41695006 scalp
68698007 forehead, rae
61719002 crown of the head, vertex
79951008 back of the head, occiput
386045008 hair, makawe
45206002 nose, ihu
79283007 tip of the nose
123851003 mouth, waha
110488009 around the mouth, perioral region
88089004 lip, ngutu
16251004 upper lip
66934001 lower lip
21974007 tongue, arero
113277000 lining of the mouth, oral mucosa
38199008 tooth, niho
661005 jaw, jaw region, kauae
23747009 chin
170887008 under the chin, submental region
45048000 neck, kakī
11584001 front of the neck, throat, anterior neck
4658004 nape, back of the neck, posterior neck
816094009 chest, thorax, uma
56873002 breastbone, sternum
818981001 abdomen, belly, tummy, puku
27947004 upper abdomen, epigastric region
11708003 lower abdomen, suprapubic region, hypogastric region
90290004 navel, umbilicus, umbilical region, belly button, pito
77568009 back, tuarā
699893008 upper back
52612000 lower back, lumbar region
64688005 tailbone, coccyx
816092008 pelvis
38864007 perineum
53505006 anus, perianal region
60944009 genitals, external genitalia
18911002 penis
7991003 glans penis
20233005 scrotum
45292006 vulva
22943007 trunk
39937001 skin, kiri
38266002 whole body, entire body, tinana
"""
