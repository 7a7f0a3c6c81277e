"""Layouts of Indonesian papers, set by typst: invented content, real habits."""

ABSTRAK = (
    "Penelitian ini menilai perawatan berbasis keluarga bagi lanjut usia terlantar di enam desa. Survei terhadap 412"
    " orang dan wawancara mendalam dengan 38 keluarga menunjukkan bahwa pendampingan bulanan menurunkan keterlantaran."
)
ABSTRACT = (
    "This study examines family-based care for neglected older people in six villages. A survey of 412 persons and"
    " interviews with 38 families show that monthly support of the families reduces neglect."
)
BODY = "Jumlah lanjut usia di Indonesia terus bertambah dan banyak di antara mereka hidup tanpa dukungan keluarga. " * 8

TWO_COLUMNS = f"""
#set page(paper: "a4", header: align(right, text(8pt)[Sosio Contoh, Vol. 12, No. 2, Agustus 2023 : 101-118]),
  footer: align(center, text(8pt)[https://doi.org/10.5555/contoh.v12i2.101]))
#set text(10pt)
#align(center)[
  #text(14pt, weight: "bold")[PERAWATAN BERBASIS KELUARGA BAGI LANJUT USIA TERLANTAR DI PERDESAAN JAWA TENGAH]
  #v(6pt)
  #text(12pt, weight: "bold", style: "italic")[Family-Based Care for Neglected Older People in Rural Central Java]
  #v(6pt)
  #text(11pt, weight: "bold")[Dr. Siti Rahmawati, S.Sos., M.Si.#super[1], Sukarno#super[2],
  dan Prof. Ir. I Made Suardhana, Ph.D.#super[1\\*]]

  #super[1]Balai Besar Penelitian Kesejahteraan Sosial, Yogyakarta \\
  #super[2]Poltekesos Bandung \\
  siti\\@contoh.id
]
*Abstract*

{ABSTRACT}

*Keywords:* older people, family care, neglect, Central Java

*Abstrak*

{ABSTRAK}

*Kata kunci:* lanjut usia; perawatan keluarga; keterlantaran; Jawa Tengah

#columns(2)[
  #text(12pt, weight: "bold")[A. Pendahuluan]

  {BODY}

  DOI: 10.5555/orang.lain.99
]
"""

ONE_BLOCK = f"""
#set page(paper: "a4")
#set text(11pt)
#align(center)[
  #text(16pt, weight: "bold")[Peran Pekerja Sosial dalam Rehabilitasi Penyandang Disabilitas di Kota Bandung \\
  The Role of Social Workers in the Rehabilitation of Persons with Disabilities in Bandung]

  Suryani, Muhammad bin Abdullah

  Universitas Contoh
]
INTISARI

{ABSTRAK}

Kata-kata kunci: pekerja sosial, rehabilitasi

PENDAHULUAN

{BODY}
"""

MASTHEAD = f"""
#set page(paper: "a4")
#set text(11pt)
#text(24pt, weight: "bold")[SOSIO CONTOH]

#text(9pt)[Vol. 3 No. 1, 2021, ISSN 2502-7921]

#v(12pt)
#align(center)[
  #text(15pt, weight: "bold")[Ketahanan Keluarga Penerima Manfaat Program Keluarga Harapan:
  Studi Kasus di Kabupaten Sleman]

  Tri Hastutiningrum#super[1] #h(2em) Endah Sri Palupiningtyas#super[2]

  #super[1,2]Departemen Sosiologi, Universitas Contoh
]
*ABSTRAK.* {ABSTRAK}

*Kata Kunci* : keluarga, bantuan sosial, \\ ketahanan

= 1. Pendahuluan
{BODY}
"""

THESIS = f"""
#set page(paper: "a4", numbering: none)
#set text(12pt)
#align(center)[
  #text(14pt, weight: "bold")[SKRIPSI]
  #v(30pt)
  #text(14pt, weight: "bold")[PENGARUH BANTUAN SOSIAL TERHADAP KESEJAHTERAAN KELUARGA MISKIN DI KOTA PALU]
  #v(60pt)
  Oleh:

  NURHAYATI LAMAKARATE

  NIM 1234567
  #v(120pt)
  #text(16pt, weight: "bold")[PROGRAM STUDI KESEJAHTERAAN SOSIAL \\ UNIVERSITAS CONTOH \\ 2020]
]
#pagebreak()
#align(center)[*ABSTRAK*]

{ABSTRAK}

Kata kunci: bantuan sosial, keluarga miskin
#pagebreak()
#align(center)[*BAB I PENDAHULUAN*]

{BODY}
"""
