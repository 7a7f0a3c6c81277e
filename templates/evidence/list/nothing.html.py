 #

BBBB BBBBBBBBBB BBBB
BBB BBBBBBBBBBBBBBB BB BBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBB BB BBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBB BB BBBBBBBBBBBBBBB
 gettext(u'No evidence here yet') 
 _("Back to the map") 
  XXX gettext(u'No public finding fits all of this. That is worth knowing too: it is a gap in what is known.') XXXX
  XXX XXXXXXXXXXXXXXXXX XXXXX
    BB BBBBBBBBBB BBB BBBBBBBBBBBBB BB BBBXXXXXX XXXXXXXX gettext(u'Publications about this from which no finding has been read yet') XXXXXXXXXBBBBB
    BB BBBBBBBBBBBBBXXXXXX XXXXXXXX gettext(u'Ask the question desk') XXXXXXXXXBBBBB
    BB BBBBBBBBBBBBBBBXXXXXX XXXXXXXX gettext(u'Seek or offer research on it') XXXXXXXXXBBBBB
    XXXXXX XXXXXXXX gettext(u'All findings') XXXXXXXXX
  XXXXX
BBBBBBBB
