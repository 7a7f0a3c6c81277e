 #

BBBB BBBB
XXX XXXXXXXXXXXXXXXXXXX
  XXXXXXXXX gettext(u'Number and size') XXXXXXXXX gettext(u'studies (publications) with findings in this cell') XXXXXXXXXXX
  XXXXXXXXX gettext(u'Shade and dots') XXXXX
    XXXXXXX XXXXXXXXXXXXXXXXXXXBBB BBBBB BB BBBBBBXXXXXXXXX XXXXXXXXXXXXX XX XX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXBBBBBBXXXXXXXXX XXXXXXXXXXXXX XX XXX XXXXXXXXXXXXXXXXXXXXXXXXXX gettext(u'not rated yet') XXXXXXXXXX
       gettext(u'strength of method: the level in the middle when the rated findings of the cell are put in order, of two in the middle the lower one') X XX XXXXXXBBB BBBBBBBBBBBBBBBBBXX gettext(u'What the words mean: the rubrics') XXXXXXXXXXXXXXX
  XXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXX gettext(u'Striped') XXXXXXXXX gettext(u'no evidence here yet: a gap') XXXXXXXXXXX
XXXXX
